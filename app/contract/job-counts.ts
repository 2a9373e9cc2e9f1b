import { z } from "#app/contract/zod-mini.ts";
import type { JobCounts, JobStatus } from "./job-status.ts";

const count = z.int().check(z.minimum(0));

/** How many jobs there are, by status, each counted up to `COUNTED_UP_TO` and one more. */
export const jobCountsSchema: z.ZodMiniType<JobCounts> = z.object({
  queued: count,
  running: count,
  "pending-storage": count,
  completed: count,
  failed: count,
  canceled: count,
} satisfies Record<JobStatus, typeof count>);
