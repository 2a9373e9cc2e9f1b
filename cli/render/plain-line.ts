import type { JobSummary } from "#app/contract/job.ts";
import { safeLine } from "./safe-line.ts";

/**
 * One change of a job for programs and pipes: time, status, percent or `-`, jobId, title, message, separated by tabs.
 * Of a failed job the message is its error's.
 */
export function renderPlainLine(job: JobSummary): string {
  const percent = job.progress === undefined ? "-" : String(Math.floor(job.progress));
  const message = safeLine(job.error?.message ?? job.message ?? job.phase ?? "");
  return [job.updatedAt, job.status, percent, safeLine(job.jobId), safeLine(job.title), message].join("\t");
}
