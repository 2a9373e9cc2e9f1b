import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { constants } from "node:os";
import { isatty } from "node:tty";
import type { Channel } from "./channel.ts";
import { copyOutput } from "./copy-output.ts";
import { openPipe } from "./open-pipe.ts";
import { openTerminal, type TerminalChannel } from "./open-terminal.ts";

export type StreamName = "stdout" | "stderr";

export type CommandEnd =
  /** How the process ended. */
  | { kind: "exited"; code: number }
  | { kind: "signaled"; signal: NodeJS.Signals }
  /** It never began; `code` is what a shell would end with: 127 not found, 126 not allowed. */
  | { kind: "not_started"; code: number; reason: string };

export type Command = {
  pid: number | undefined;
  signal(signal: NodeJS.Signals): void;
  /** Resolves once it is over and all it wrote was copied. Never rejects. */
  ended: Promise<CommandEnd>;
};

export type CommandOptions = {
  file: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** What it writes, as it is copied; without it the command writes to our own outputs, and nothing is seen. */
  onBytes?: (stream: StreamName, chunk: Buffer) => void;
  /** The size of our terminal, in cells; and a call when it changes. */
  size: () => { columns: number; rows: number };
  onResize: (listener: () => void) => () => void;
};

const TOLD_AFTER_MS = 50;

const FDS = { stdout: 1, stderr: 2 } as const;

/**
 * Starts a command in our place: our input and controlling terminal are its own, an output of ours that is a terminal
 * is one for it, any other a pipe. What it writes arrives at our outputs unchanged.
 */
export function startCommand(options: CommandOptions): Command {
  const { file, args, env } = options;
  const outputs = options.onBytes === undefined ? undefined : openOutputs(options);
  const child = spawn(file, args, {
    env,
    stdio: ["inherit", outputs?.stdout.writing ?? "inherit", outputs?.stderr.writing ?? "inherit"],
  });
  const finish = outputs?.copy();

  async function end(): Promise<CommandEnd> {
    const how = await endOf(child);
    await finish?.();
    return how;
  }
  return { pid: child.pid, signal: (signal) => void child.kill(signal), ended: end() };
}

function endOf(child: ChildProcess): Promise<CommandEnd> {
  return new Promise((resolve) => {
    child.once("error", ({ code, message }: NodeJS.ErrnoException) => {
      if (child.pid === undefined)
        resolve({ kind: "not_started", code: code === "ENOENT" ? 127 : 126, reason: code ?? message });
    });
    child.once("exit", (code, signal) => {
      resolve(signal === null ? { kind: "exited", code: code ?? 0 } : { kind: "signaled", signal });
    });
  });
}

/** The code a shell gives for such an end. */
export function exitCodeOfCommand(end: CommandEnd): number {
  return end.kind === "signaled" ? 128 + constants.signals[end.signal] : end.code;
}

function openOutputs({ onBytes, size, onResize }: CommandOptions) {
  const terminal = isatty(FDS.stdout) || isatty(FDS.stderr) ? openTerminal(size()) : undefined;
  const channelFor = (name: StreamName): Channel =>
    terminal !== undefined && isatty(FDS[name]) ? terminal : openPipe();
  const channels = { stdout: channelFor("stdout"), stderr: channelFor("stderr") };
  const isOne = channels.stdout === channels.stderr;
  const names: readonly StreamName[] = isOne ? ["stdout"] : ["stdout", "stderr"];

  return {
    ...channels,
    /** Called when the command has its ends: lets go of ours, and copies. */
    copy() {
      const release = terminal === undefined ? undefined : keepSize(terminal, size, onResize);
      const copies = names.map((name) => {
        closeSync(channels[name].writing);
        return copyOutput(channels[name], FDS[name], (chunk) => onBytes?.(name, chunk));
      });
      return async (): Promise<void> => {
        await Promise.all(copies.map((copy) => copy.finish()));
        release?.();
      };
    },
  };
}

/**
 * Whoever is in the foreground has heard of the new size before the command's terminal had it, and is told once more; a
 * little later, because a shell that is still busy with the first time misses the second.
 */
function keepSize(
  terminal: TerminalChannel,
  size: CommandOptions["size"],
  onResize: CommandOptions["onResize"],
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const release = onResize(() => {
    terminal.resize(size());
    clearTimeout(timer);
    timer = setTimeout(() => process.kill(0, "SIGWINCH"), TOLD_AFTER_MS);
  });
  return () => {
    clearTimeout(timer);
    release();
  };
}
