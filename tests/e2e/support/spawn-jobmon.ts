import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const JOBMON = join(import.meta.dirname, "../../../cli/jobmon.js");

/** Compiled code for all that are started here: each has a home of its own, where it would find none. */
export const COMPILED = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, "../../../node_modules/.cache/compiled-for-tests"),
};

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

export type Program = {
  pid: number;
  /** Everything the process has written so far. */
  stdout(): string;
  stderr(): string;
  /**
   * Resolves with the match once the output holds it, in what is already there or what is to come; rejects with all
   * output when the process ends without it.
   */
  waitFor(pattern: RegExp, stream?: "stdout" | "stderr"): Promise<RegExpExecArray>;
  /** Writes to its standard input; without a text closes it. */
  input(text?: string): void;
  /** Resolves with the exit code, or the signal that ended the process, once its output has been read to the end. */
  exited: Promise<number | NodeJS.Signals>;
  /** Sends a signal (SIGTERM unless told) to this one process and waits for its end. */
  kill(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
};

/** A program run by `spawnJobmon`. */
export type JobmonProcess = Program;

type Surroundings = { cwd: string; env?: Record<string, string> };

/** Runs `node cli/jobmon.js <args>` from the build as a process of its own. */
export function spawnJobmon(args: readonly string[], surroundings: Surroundings): JobmonProcess {
  return spawnProgram(process.execPath, [JOBMON, ...args], surroundings);
}

/**
 * Runs any program. It sees PATH, HOME and the given variables only, so that nothing of the machine it runs on leaks
 * in, and ends with the test process at the latest.
 */
export function spawnProgram(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: Surroundings,
): Program {
  const { PATH = "" } = process.env;
  const child = spawn(command, args, { cwd, env: { PATH, HOME: cwd, ...COMPILED, ...env } });
  running.add(child);
  const output = { stdout: "", stderr: "" };
  const watchers = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
      for (const look of watchers) look();
    });
  }
  const exited = once(child, "close").then(([code, signal]) => {
    running.delete(child);
    return code ?? signal;
  });

  return {
    pid: child.pid ?? 0,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    waitFor: (pattern, stream = "stdout") =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(output[stream]);
          if (match === null) return;
          watchers.delete(look);
          resolve(match);
        };
        watchers.add(look);
        look();
        void exited.then((code) => {
          const all = `stdout: ${output.stdout}\nstderr: ${output.stderr}`;
          reject(new Error(`${command} ${args.join(" ")} ended (${code}) without ${pattern}\n${all}`));
        });
      }),
    input(text) {
      if (text === undefined) child.stdin.end();
      else child.stdin.write(text);
    },
    exited,
    async kill(signal = "SIGTERM") {
      child.kill(signal);
      return exited;
    },
  };
}

/** A new empty folder that is removed at the end of its block: `await using folder = await temporaryFolder()`. */
export async function temporaryFolder(): Promise<
  { path: string; remove(): Promise<void> } & AsyncDisposable
> {
  const path = await mkdtemp(join(tmpdir(), "jobmon-e2e-"));
  const remove = (): Promise<void> => rm(path, { recursive: true, force: true });
  return { path, remove, [Symbol.asyncDispose]: remove };
}
