import type { Connection } from "#app/client/connection.ts";
import type { JobSummary } from "#app/contract/job.ts";

/** How a tail shows what it learns. `cursor` is the position in the feed it was learnt at. */
export type JobsView = {
  /** A state newer than any shown of this job. */
  change(job: JobSummary, cursor: string): void;
  remove(jobId: string, cursor: string): void;
  connection(connection: Connection): void;
  /** Says something to the person, on stderr. */
  say(text: string): void;
  /** Shows what is still to be shown and leaves the terminal as it should be left. */
  close(): void;
};
