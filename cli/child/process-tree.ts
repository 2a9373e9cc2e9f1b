import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

const LOOK_EVERY_MS = 200;

/** One process: its id, its parent's, and its group's, which stays the same when the parent is gone. */
export type ProcessRow = { pid: number; parent: number; group: number };

/** Every process that runs, as POSIX `ps` tells; empty where there is no `ps`. */
export function listProcesses(): ProcessRow[] {
  const columns = ["pid=", "ppid=", "pgid=", "stat="].flatMap((column) => ["-o", column]);
  const { stdout } = spawnSync("ps", ["-A", ...columns], { encoding: "utf8" });
  return (stdout ?? "").split("\n").flatMap((line) => {
    const [, pid, parent, group] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+[^Z]/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), group: Number(group) }];
  });
}

/** A process and all that descend from it, parents first. */
export function familyOf(pid: number, rows: readonly ProcessRow[]): ProcessRow[] {
  const family = rows.filter((row) => row.pid === pid);
  for (const member of family) family.push(...rows.filter(({ parent }) => parent === member.pid));
  return family;
}

/**
 * Asks a process and its descendants to end (SIGTERM), and kills after `graceMs` what is still there of them (SIGKILL),
 * also those whose parent has gone meanwhile. Resolves when none is left, at the latest with the killing.
 */
export async function endFamily(pid: number, graceMs: number): Promise<void> {
  const asked = familyOf(pid, listProcesses());
  for (const member of asked) send(member.pid, "SIGTERM");
  if (asked.length === 0) send(pid, "SIGTERM");

  const killAt = Date.now() + graceMs;
  while (Date.now() < killAt) {
    await sleep(Math.min(LOOK_EVERY_MS, graceMs));
    if (asked.length > 0 && stillThere(pid, asked).length === 0) return;
  }
  for (const member of stillThere(pid, asked)) send(member.pid, "SIGKILL");
  send(pid, "SIGKILL");
}

/** A process id that was given anew is told by its group. */
function stillThere(pid: number, asked: readonly ProcessRow[]): ProcessRow[] {
  const rows = listProcesses();
  const left = rows.filter((row) =>
    asked.some((other) => other.pid === row.pid && other.group === row.group),
  );
  return [...left, ...left.flatMap((row) => familyOf(row.pid, rows).slice(1)), ...familyOf(pid, rows)];
}

/** Somebody who has ended meanwhile needs no signal. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && (error.code === "ESRCH" || error.code === "EPERM")))
      throw error;
  }
}
