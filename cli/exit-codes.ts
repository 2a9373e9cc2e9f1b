import type { JobStatus } from "#app/contract/job.ts";

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

/** The code for a job's end; undefined while it has none. */
export function exitCodeOf(status: JobStatus): ExitCode | undefined {
  switch (status) {
    case "completed":
      return EXIT.ok;
    case "failed":
      return EXIT.jobFailed;
    case "canceled":
      return EXIT.canceled;
    case "queued":
    case "running":
    case "pending-storage":
      return undefined;
  }
}
