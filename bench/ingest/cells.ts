import type { NextTarget } from "./run-load.ts";
import { registerJobs, type Target } from "./jobs.ts";

/** One row of the table. */
export type Cell = { jobs: "same" | "different"; inFlight: number; keepAlive: boolean };

export const cells: Cell[] = [
  ...[1, 16, 64].map((inFlight) => ({ jobs: "same", inFlight, keepAlive: true }) as const),
  ...[1, 16, 64].map((inFlight) => ({ jobs: "different", inFlight, keepAlive: true }) as const),
  ...[1, 16].map((inFlight) => ({ jobs: "different", inFlight, keepAlive: false }) as const),
];

/** What a job may be sent at once; then 50 a second (design: HTTP contract). */
const BURST = 200;
const PER_SECOND = 50;
/** More than any variant takes in a second, so that a run does not run out of jobs. */
const AT_MOST_PER_SECOND = 8_000;

/**
 * Real jobs, within their rate: `different` goes round among enough of them; `same` sends all that is in flight to one
 * job until its burst is used up, then goes on to the next.
 */
export async function spread(
  url: string,
  { jobs }: Cell,
  seconds: number,
): Promise<{ targets: Target[]; next: NextTarget }> {
  let sent = 0;
  if (jobs === "different") {
    const targets = await registerJobs(url, Math.ceil(AT_MOST_PER_SECOND / PER_SECOND));
    return { targets, next: () => targets[sent++ % targets.length] };
  }
  const targets = await registerJobs(url, Math.ceil((AT_MOST_PER_SECOND * seconds) / BURST));
  return { targets, next: () => targets[Math.floor(sent++ / BURST)] };
}

export function nameOf({ jobs, inFlight, keepAlive }: Cell): string {
  return `${jobs} job${jobs === "same" ? "" : "s"}, ${inFlight} in flight${keepAlive ? "" : ", new connections"}`;
}
