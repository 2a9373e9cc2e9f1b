import type { JobSummary } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import { calendarDay } from "#app/locales/time.ts";

export type DayOfJobs = { day: string; jobs: JobSummary[] };

/**
 * The order of the panel: what moves on top, by `createdAt`, so that rows do not swap while they progress; below what
 * has ended, by `updatedAt`. Newest first, equal instants by id.
 */
export function orderJobs(jobs: readonly JobSummary[]): JobSummary[] {
  return jobs.toSorted((a, b) => {
    const [aEnded, bEnded] = [isFinal(a.status), isFinal(b.status)];
    if (aEnded !== bEnded) return aEnded ? 1 : -1;
    return aEnded ? newestFirst(a.updatedAt, b.updatedAt, a, b) : newestFirst(a.createdAt, b.createdAt, a, b);
  });
}

/**
 * Ordered jobs in calendar days (`2026-11-23`) of a time zone. What still moves belongs to today, however old it is,
 * and so does what a faster clock than ours puts into tomorrow.
 */
export function groupByDay(ordered: readonly JobSummary[], today: string, timeZone?: string): DayOfJobs[] {
  const days = new Map<string, DayOfJobs>();
  for (const job of ordered) {
    const changed = isFinal(job.status) ? calendarDay(Date.parse(job.updatedAt), timeZone) : today;
    const day = changed < today ? changed : today;
    const known = days.get(day);
    if (known === undefined) days.set(day, { day, jobs: [job] });
    else known.jobs.push(job);
  }
  return [...days.values()];
}

function newestFirst(a: string, b: string, jobA: JobSummary, jobB: JobSummary): number {
  const difference = Date.parse(b) - Date.parse(a);
  return difference === 0 ? (jobA.jobId < jobB.jobId ? -1 : 1) : difference;
}
