import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

const GRACE_MS = 15_000;
const STDERR_KEPT = 16_384;

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** A Node process of ours, that ends with us. */
export type Child = {
  pid: number;
  /** Resolves with the first match in its standard output; rejects when it ends without. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends a message and resolves with the next one it sends; rejects when it ends instead. */
  ask(message: object): Promise<unknown>;
  /** SIGTERM to this one process; SIGKILL if that takes too long. */
  stop(): Promise<void>;
};

/** Runs `node <args>` with nothing of our environment but PATH, on its own core where one is named. */
export function startChild(args: readonly string[], { core }: { core?: string | undefined } = {}): Child {
  const command = [...(core === undefined ? [] : ["taskset", "-c", core]), process.execPath, ...args];
  const [program = process.execPath, ...rest] = command;
  const { PATH = "" } = process.env;
  const child = spawn(program, rest, { env: { PATH }, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  running.add(child);
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT);
  });
  const exited = once(child, "exit").then(([code, signal]) => {
    running.delete(child);
    return `node ${args.join(" ")} ended (${signal ?? code})\n${stderr}`;
  });

  function orEnd<T>(what: Promise<T>): Promise<T> {
    return Promise.race([what, exited.then((reason) => Promise.reject(new Error(reason)))]);
  }

  return {
    pid: child.pid ?? 0,
    waitFor: (pattern) => {
      let stdout = "";
      const found = new Promise<RegExpExecArray>((resolve) => {
        child.stdout?.setEncoding("utf8").on("data", (text: string) => {
          const match = pattern.exec((stdout += text));
          if (match !== null) resolve(match);
        });
      });
      return orEnd(found);
    },
    ask(message) {
      const answer = once(child, "message").then(([value]: unknown[]) => value);
      child.send(message);
      return orEnd(answer);
    },
    async stop() {
      const late = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
      child.kill("SIGTERM");
      await exited;
      clearTimeout(late);
    },
  };
}
