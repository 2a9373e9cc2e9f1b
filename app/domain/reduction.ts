import type { Job, JobLog } from "#app/contract/job.ts";
import type { IgnoredReason } from "#app/contract/job-event.ts";

/** What one event does to a job: its next state with the lines it adds, or why nothing changes. */
export type Reduction =
  | { applied: true; job: Job; logs: JobLog[] }
  | { applied: false; reason: IgnoredReason };
