import type { JobSummary } from "#app/contract/job.ts";

/** A job as the list has it, named by its id, with what matters to a test. */
export function jobSummary(job: Partial<JobSummary> & Pick<JobSummary, "jobId">): JobSummary {
  const at = "2026-11-23T14:21:14.000Z";
  return {
    status: "running",
    title: job.jobId,
    createdAt: at,
    updatedAt: at,
    revision: 1,
    stallAfterSeconds: 300,
    cancelRequested: false,
    ...job,
  };
}
