import { z } from "zod";
import { type JobStatus, jobStatusSchema } from "./job.ts";

const count = z.int().min(0);

/** Counting ends there: a number above it means that there are more. */
export const COUNTED_UP_TO = 10_000;

/** How many jobs there are, by status, each counted up to `COUNTED_UP_TO` and one more. */
export const jobCountsSchema = z.object({
  queued: count,
  running: count,
  "pending-storage": count,
  completed: count,
  failed: count,
  canceled: count,
} satisfies Record<JobStatus, typeof count>);
export type JobCounts = z.infer<typeof jobCountsSchema>;

/** No job of any status. */
export const NO_JOBS: Readonly<JobCounts> = {
  queued: 0,
  running: 0,
  "pending-storage": 0,
  completed: 0,
  failed: 0,
  canceled: 0,
};

/** How many have one of these statuses, counted as far; all of them where none is named. */
export function totalOf(counts: JobCounts, statuses?: readonly JobStatus[]): number {
  const total = (statuses ?? jobStatusSchema.options).reduce((sum, status) => sum + counts[status], 0);
  return Math.min(total, COUNTED_UP_TO + 1);
}

/** The numbers of these very jobs. */
export function countByStatus(jobs: readonly { status: JobStatus }[]): JobCounts {
  const counts = { ...NO_JOBS };
  for (const { status } of jobs) counts[status] += 1;
  return counts;
}
