import type { JobSummary } from "#app/contract/job.ts";
import { JobDetailParts } from "./job-detail.tsx";
import { useFollowedJob } from "./use-followed-job.ts";
import { useReveal } from "./use-reveal.ts";

/** What an opened row shows; loaded when the first row is opened. */
export function OpenedJob({ job }: { job: JobSummary }) {
  useReveal(job.jobId);
  return <JobDetailParts job={job} followed={useFollowedJob(job)} />;
}
