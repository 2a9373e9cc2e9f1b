import type { JobSummary } from "#app/contract/job.ts";

/**
 * The fold of panel and terminal: the newest state of each job, `updatedAt` descending. A state whose revision is
 * not above the known one changes nothing, and then the very same array comes back: the wire is at-least-once.
 */
export function applyUpdate(jobs: readonly JobSummary[], update: JobSummary): readonly JobSummary[] {
  const known = jobs.find((job) => job.jobId === update.jobId);
  if (known !== undefined && known.revision >= update.revision) return jobs;
  const others = known === undefined ? [...jobs] : jobs.filter((job) => job !== known);
  const at = others.findIndex((job) => isBefore(update, job));
  others.splice(at === -1 ? others.length : at, 0, update);
  return others;
}

/** Folds a page of the list in, as if each of its rows had come over the stream. */
export function applyPage(jobs: readonly JobSummary[], page: readonly JobSummary[]): readonly JobSummary[] {
  return page.reduce(applyUpdate, jobs);
}

/** The list without one job. */
export function removeJob(jobs: readonly JobSummary[], jobId: string): readonly JobSummary[] {
  return jobs.some((job) => job.jobId === jobId) ? jobs.filter((job) => job.jobId !== jobId) : jobs;
}

function isBefore(a: JobSummary, b: JobSummary): boolean {
  return a.updatedAt === b.updatedAt ? a.jobId > b.jobId : a.updatedAt > b.updatedAt;
}
