import type { JobSummary } from "#app/contract/job.ts";

/** What the exit code of a command says; the same table in help, tests and documentation. */
export const EXIT = {
  ok: 0,
  unavailable: 1,
  usage: 2,
  jobFailed: 3,
  unauthorized: 4,
  notFound: 5,
  canceled: 6,
  stalled: 7,
  timedOut: 124,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What jobmon calls a failure that it declared itself, because the worker fell silent. */
const SILENT = "no_callback";

/** The code for a job's end; undefined while it has none. */
export function exitCodeOf({ status, error }: Pick<JobSummary, "status" | "error">): ExitCode | undefined {
  switch (status) {
    case "completed":
      return EXIT.ok;
    case "failed":
      return error?.code === SILENT ? EXIT.stalled : EXIT.jobFailed;
    case "canceled":
      return EXIT.canceled;
    case "queued":
    case "running":
    case "pending-storage":
      return undefined;
  }
}
