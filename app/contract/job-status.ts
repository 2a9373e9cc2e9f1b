/** The words of a job's state (design: glossary). `phase` is free text and never decides the status. */
export const JOB_STATUSES = [
  "queued",
  "running",
  "pending-storage",
  "completed",
  "failed",
  "canceled",
] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** True for completed, failed and canceled: nothing moves any more. `pending-storage` still ends by itself. */
export function isFinal(status: JobStatus): boolean {
  return status === "completed" || status === "failed" || status === "canceled";
}

/** How many jobs a page of the list has unless another number is asked for. */
export const PAGE_SIZE = 20;

/** Counting ends there: a number above it means that there are more. */
export const COUNTED_UP_TO = 10_000;

/** How many jobs there are, by status. */
export type JobCounts = Record<JobStatus, number>;

/** No job of any status. */
export const NO_JOBS: Readonly<JobCounts> = {
  queued: 0,
  running: 0,
  "pending-storage": 0,
  completed: 0,
  failed: 0,
  canceled: 0,
};

/** How many have one of these statuses; all of them where none is named. */
export function totalOf(counts: JobCounts, statuses: readonly JobStatus[] = JOB_STATUSES): number {
  return statuses.reduce((sum, status) => sum + counts[status], 0);
}

/** The numbers of these very jobs. */
export function countByStatus(jobs: readonly { status: JobStatus }[]): JobCounts {
  const counts = { ...NO_JOBS };
  for (const { status } of jobs) counts[status] += 1;
  return counts;
}
