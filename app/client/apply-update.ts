import type { JobSummary } from "#app/contract/job.ts";

/**
 * The fold of panel and terminal: the newest state of each job, `updatedAt` descending. A state whose revision is
 * not above the known one changes nothing, and then the very same array comes back: the wire is at-least-once.
 */
export function applyUpdate(jobs: readonly JobSummary[], update: JobSummary): readonly JobSummary[] {
  const known = jobs.find((job) => job.jobId === update.jobId);
  if (known !== undefined && known.revision >= update.revision) return jobs;
  return mergeSorted(known === undefined ? jobs : jobs.filter((job) => job !== known), [update]);
}

/** Folds a page of the list in, as if each of its rows had come over the stream. */
export function applyPage(jobs: readonly JobSummary[], page: readonly JobSummary[]): readonly JobSummary[] {
  return page.reduce(applyUpdate, jobs);
}

/** The list without one job. */
export function removeJob(jobs: readonly JobSummary[], jobId: string): readonly JobSummary[] {
  return jobs.some((job) => job.jobId === jobId) ? jobs.filter((job) => job.jobId !== jobId) : jobs;
}

/** Two lists of different jobs as one; both are in the order of the list. Takes as long as they are. */
export function mergeSorted(a: readonly JobSummary[], b: readonly JobSummary[]): JobSummary[] {
  const merged: JobSummary[] = [];
  let at = 0;
  for (const job of b) {
    for (let next = a[at]; next !== undefined && compareJobs(next, job) < 0; next = a[++at])
      merged.push(next);
    merged.push(job);
  }
  return merged.concat(a.slice(at));
}

/** The order of the list: `updatedAt` descending, then `jobId` descending. */
export function compareJobs(a: ListPlace, b: ListPlace): number {
  if (a.updatedAt !== b.updatedAt) return a.updatedAt > b.updatedAt ? -1 : 1;
  return a.jobId === b.jobId ? 0 : a.jobId > b.jobId ? -1 : 1;
}

type ListPlace = Pick<JobSummary, "updatedAt" | "jobId">;
