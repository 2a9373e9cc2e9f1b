import type { JobLog, JobSummary } from "#app/contract/job.ts";
import { logText } from "./log-lines.ts";
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

/** One entry of a log in the same columns: the word `log` as its status, the level in place of the percent. */
export function renderPlainLog(job: JobSummary, entry: JobLog): string {
  const message = safeLine(logText(entry));
  return [entry.timestamp, "log", entry.level, safeLine(job.jobId), safeLine(job.title), message].join("\t");
}
