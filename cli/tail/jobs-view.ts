import type { Connection } from "#app/client/connection.ts";
import type { JobLog, JobSummary } from "#app/contract/job.ts";

/** How a watch shows what it learns. `cursor` is the position in the feed it was learnt at. */
export type JobsView = {
  /** A state newer than any shown of this job. */
  change(job: JobSummary, cursor: string): void;
  /** A job is not to be shown any more, though it is still there. */
  hide(jobId: string): void;
  remove(jobId: string, cursor: string): void;
  /** Lines of a job's log, the first of them the one with index `from`. */
  log(job: JobSummary, from: number, entries: readonly JobLog[], cursor: string): void;
  /** `caughtUp`: how many changes were brought by a connection that is live again. */
  connection(connection: Connection, caughtUp: number): void;
  /** Says something to the person, on stderr. */
  say(text: string): void;
  /** Shows what is still to be shown and leaves the terminal as it should be left. */
  close(): void;
};
