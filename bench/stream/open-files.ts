import { readFileSync } from "node:fs";

/** 5,000 streams, and what a process needs besides. */
const NEEDED = 5_500;

/** Throws, with what to do, where a process may not have as many sockets as the bench opens. */
export function checkOpenFiles(): void {
  const limit = /^Max open files +(\d+)/m.exec(readLimits())?.[1];
  if (limit === undefined || Number(limit) >= NEEDED) return;
  throw new Error(
    `a process may open ${limit} files here, the bench needs ${NEEDED}: run \`ulimit -n ${NEEDED}\` first`,
  );
}

function readLimits(): string {
  try {
    return readFileSync("/proc/self/limits", "latin1");
  } catch {
    return "";
  }
}
