import { isDeepStrictEqual } from "node:util";
import { type Job, summarize } from "#app/contract/job.ts";
import { type JobUpdate, toJobUpdate } from "#app/contract/stream.ts";

/** So many jobs of a user take turns: on no connection does one come twice within the pace of 100 ms. */
export const JOBS = 900;
const SENT_AT = /"message":"Seite (\d+\.\d+) /;

export const userOf = (index: number): string => `user-${String(index).padStart(5, "0")}@example.org`;

/** The n-th update, which goes to user `n % users`; its message tells when it was made, in ms of `now`. */
export function updateOf(n: number, users: number): JobUpdate {
  const at = new Date(1_790_000_000_000 + n).toISOString();
  return {
    type: "job_update",
    jobId: `job-${userOf(n % users)}-${String(Math.floor(n / users) % JOBS).padStart(4, "0")}`,
    status: "running",
    phase: "processing",
    progress: 10 + (n % 90),
    message: `Seite ${now().toFixed(3)} von 1000`,
    updatedAt: at,
    revision: n + 1_000_000,
    title: "Jahresbericht 2026.pdf",
    kind: "pdf",
    createdAt: at,
    startedAt: at,
    lastCallbackAt: at,
    stallAfterSeconds: 300,
    cancelRequested: false,
  };
}

/** The job it is an update of. */
export function jobOf(n: number, users: number): Job {
  const { type: _, ...summary } = updateOf(n, users);
  return { ...summary, userEmail: userOf(n % users), timeoutSeconds: 3_600, logCount: 0 };
}

/** Fails unless the baselines send the very bytes that the product makes of the job. */
export function checkSameBytes(): void {
  const job = jobOf(0, 1);
  const baseline = { ...updateOf(0, 1), message: job.message };
  const product = toJobUpdate(summarize(job));
  if (!isDeepStrictEqual(Object.entries(baseline), Object.entries(product)))
    throw new Error("void: the baselines would not send what the product sends");
}

/** Milliseconds that mean the same in every process of this machine. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** When the first update in a piece of stream was made; undefined for none. */
export function sentAt(text: string): number | undefined {
  const at = SENT_AT.exec(text)?.[1];
  return at === undefined ? undefined : Number(at);
}
