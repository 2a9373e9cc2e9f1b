import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** One core for what is measured, one for whoever measures. */
export type Cores = { server: string; client: string };

/** Undefined where this machine cannot keep them apart (no `taskset`, or one core): the figures say so then. */
export function findCores(): Cores | undefined {
  if (availableParallelism() < 2) return undefined;
  try {
    execFileSync("taskset", ["--version"], { stdio: "ignore" });
    return { server: "0", client: "1" };
  } catch {
    return undefined;
  }
}

/** Moves this process, with all its threads, to a core. */
export function stayOn(core: string): void {
  execFileSync("taskset", ["-apc", core, String(process.pid)], { stdio: "ignore" });
}
