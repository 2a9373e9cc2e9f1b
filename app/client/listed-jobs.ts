import type { JobPage } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { applyPage, applyUpdate, removeJob } from "./apply-update.ts";

/** What a viewer knows of a user's list. Values: every function here gives a new one, or the same where nothing changed. */
export type ListedJobs = {
  /** Newest first. */
  jobs: readonly JobSummary[];
  /** How many there are in all. */
  total: number;
  /** Where older ones begin; null where there are none. */
  nextCursor: string | null;
  /** The wire is at-least-once: a job that was removed does not come back. */
  removed: ReadonlySet<string>;
  /** A job created after this instant cannot have been counted in the page's total. */
  newestAtLoad: string;
};

/** The list as its first page shows it. */
export function listPage({ items, total, nextCursor }: JobPage): ListedJobs {
  return { jobs: items, total, nextCursor, removed: new Set(), newestAtLoad: items[0]?.updatedAt ?? "" };
}

/** A newer state of a job, or a job that is new; one that is known is not counted again. */
export function listUpdate(list: ListedJobs, job: JobSummary): ListedJobs {
  if (list.removed.has(job.jobId)) return list;
  const jobs = applyUpdate(list.jobs, job);
  if (jobs === list.jobs) return list;
  const isNew = jobs.length > list.jobs.length && job.createdAt > list.newestAtLoad;
  return { ...list, jobs, total: list.total + (isNew ? 1 : 0) };
}

/** The list without a job, whether it was shown or not. */
export function listRemoval(list: ListedJobs, jobId: string): ListedJobs {
  if (list.removed.has(jobId)) return list;
  const removed = new Set(list.removed).add(jobId);
  return { ...list, jobs: removeJob(list.jobs, jobId), total: list.total - 1, removed };
}

/** The list with the page of older jobs that follows. */
export function listOlder(list: ListedJobs, { items, nextCursor }: JobPage): ListedJobs {
  const present = items.filter(({ jobId }) => !list.removed.has(jobId));
  return { ...list, jobs: applyPage(list.jobs, present), nextCursor };
}

/** The list read anew: the first page, and what arrived or was removed since it was asked for at `before`. */
export function listReload(list: ListedJobs, page: JobPage, before: ListedJobs): ListedJobs {
  const fresh = listPage(page);
  const jobs = fresh.jobs.filter(({ jobId }) => !list.removed.has(jobId));
  const total = fresh.total - (fresh.jobs.length - jobs.length);
  const asked = new Set(before.jobs);
  const arrived = list.jobs.filter((job) => !asked.has(job));
  return arrived.reduce(listUpdate, { ...fresh, jobs, total, removed: list.removed });
}
