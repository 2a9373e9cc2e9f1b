import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { variablesOfOthers } from "../environment.ts";

const GRACE_MS = 1_500;

export type Child = {
  process: ChildProcess;
  /** Resolves with the exit code once it has ended; null after a signal. */
  exited: Promise<number | null>;
  /** Asks it to end, makes it after a second and a half, and waits for that. */
  stop(): Promise<void>;
};

/**
 * Starts this program again with other arguments, as a process that ends with this one: on `stop`, and by its channel
 * also when this one is killed. In a group of its own, so that Ctrl-C reaches it through `stop` and in order.
 */
export function startChild(
  main: string,
  args: readonly string[],
  options: { cwd: string; log: number },
): Child {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: options.cwd,
    env: variablesOfOthers(),
    detached: true,
    stdio: ["ignore", "pipe", options.log, "ipc"],
  });
  const exited = once(child, "exit").then(([code]: (number | null)[]) => code ?? null);
  exited.catch(() => {});
  return {
    process: child,
    exited,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      child.kill("SIGTERM");
      const isOver = await Promise.race([exited.then(() => true), sleep(GRACE_MS, false)]);
      if (isOver) return;
      child.kill("SIGKILL");
      await exited;
    },
  };
}
