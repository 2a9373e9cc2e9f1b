import type { JobSummary } from "#app/contract/job.ts";

/** Seconds since the worker's last sign of life, or since the registration where there was none. Never negative. */
export function silenceSeconds(job: JobSummary, now: number): number {
  const since = Date.parse(job.lastCallbackAt ?? job.createdAt);
  return Math.max(0, Math.floor((now - since) / 1000));
}

/** A running job that has been silent for too long. Derived, never stored; the next callback ends it. */
export function isStalled(job: JobSummary, now: number): boolean {
  return job.status === "running" && silenceSeconds(job, now) >= job.stallAfterSeconds;
}
