import { spawn } from "@lydell/node-pty";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { COMPILED } from "./spawn-jobmon.ts";

const JOBMON = join(import.meta.dirname, "../../../cli/jobmon.js");

export type TerminalSession = {
  pid: number;
  /** Everything that was shown so far. */
  shown(): string;
  /** What a person could read of it: without control sequences. */
  text(): string;
  /** Resolves once one of the two matches; rejects with all of it when the process ends without. */
  waitFor(pattern: RegExp): Promise<void>;
  /** As if it were typed. */
  type(text: string): void;
  resize(columns: number, rows: number): void;
  exited: Promise<number>;
};

type Surroundings = { cwd: string; env?: Record<string, string> };

/** Runs `node cli/jobmon.js <args>` from the build on a real terminal of 100 × 30 cells. */
export function onTerminal(args: readonly string[], surroundings: Surroundings): TerminalSession {
  return programOnTerminal(process.execPath, [JOBMON, ...args], surroundings);
}

/** Runs any program on one. */
export function programOnTerminal(
  file: string,
  args: string[],
  { cwd, env = {} }: Surroundings,
): TerminalSession {
  const { PATH = "" } = process.env;
  const terminal = spawn(file, args, {
    cols: 100,
    rows: 30,
    cwd,
    env: { PATH, HOME: cwd, TERM: "xterm-256color", ...COMPILED, ...env },
  });
  let shown = "";
  const text = (): string => stripVTControlCharacters(shown);
  const watchers = new Set<() => void>();
  terminal.onData((data) => {
    shown += data;
    for (const look of watchers) look();
  });
  const exited = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
  return {
    pid: terminal.pid,
    shown: () => shown,
    text,
    waitFor: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!pattern.test(shown) && !pattern.test(text())) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
        void exited.then((code) => reject(new Error(`ended (${code}) without ${pattern}:\n${shown}`)));
      }),
    type: (typed) => terminal.write(typed),
    resize: (columns, rows) => terminal.resize(columns, rows),
    exited,
  };
}
