import type { JobSummary } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import { calendarDay } from "#app/locales/time.ts";

/** A row of the list; `day` (`2026-11-23`) where a new day begins with it, „opened“ for one that belongs to no day. */
export type ListRow = { job: JobSummary; day?: string };

/** The heading of a row that is open although the list does not reach so far. */
export const OPENED = "opened";

/**
 * The order of the panel: what moves on top, by `createdAt`, so that rows do not swap while they progress; below what
 * has ended, by `updatedAt`. Newest first. Takes the jobs in the order of the list, which the ended ones keep.
 */
export function orderJobs(jobs: readonly JobSummary[]): JobSummary[] {
  const moving = jobs.filter(({ status }) => !isFinal(status)).sort(createdLast);
  return moving.concat(jobs.filter(({ status }) => isFinal(status)));
}

/**
 * The rows with the days they begin. What still moves belongs to today, however old it is, and so does what a faster
 * clock than ours puts into tomorrow.
 */
export function rowsOf(ordered: readonly JobSummary[], today: string, timeZone?: string): ListRow[] {
  let last: string | undefined;
  return ordered.map((job) => {
    const changed = isFinal(job.status) ? dayOf(job, timeZone) : today;
    const day = changed < today ? changed : today;
    if (day === last) return { job };
    last = day;
    return { job, day };
  });
}

function createdLast(a: JobSummary, b: JobSummary): number {
  if (a.createdAt !== b.createdAt) return a.createdAt > b.createdAt ? -1 : 1;
  return a.jobId > b.jobId ? -1 : 1;
}

const days = new Map<string | undefined, WeakMap<JobSummary, string>>();

/** Working out a day takes microseconds, and a list may have ten thousand rows: each is worked out once. */
function dayOf(job: JobSummary, timeZone: string | undefined): string {
  const known = days.get(timeZone) ?? new WeakMap<JobSummary, string>();
  days.set(timeZone, known);
  const day = known.get(job) ?? calendarDay(Date.parse(job.updatedAt), timeZone);
  known.set(job, day);
  return day;
}
