import type { JobSummary } from "#app/contract/job.ts";
import { isFinal, type JobStatus } from "#app/contract/job-status.ts";

/**
 * Something worth a word to somebody who does not look: a start, an end, a quarter of the opened job. The failure of that
 * one is urgent: somebody follows it.
 */
export type News = { jobId: string; title: string } & (
  | { kind: "started" }
  | { kind: "ended"; status: JobStatus; isUrgent: boolean }
  | { kind: "quarter"; percent: number }
);

/** What is new between two states of a job, the earlier one undefined where it was not known. */
export function newsOf(before: JobSummary | undefined, job: JobSummary, isOpen: boolean): News | undefined {
  const { jobId, title, status } = job;
  if (before !== undefined && isFinal(before.status)) return undefined;
  if (isFinal(status))
    return { jobId, title, kind: "ended", status, isUrgent: isOpen && status === "failed" };
  const wasRunning = before !== undefined && before.status !== "queued";
  if (!wasRunning) return status === "queued" ? undefined : { jobId, title, kind: "started" };
  const percent = quarter(job);
  return isOpen && percent > quarter(before) ? { jobId, title, kind: "quarter", percent } : undefined;
}

/** The newest news of each job: who waited for a sentence need not hear what is overtaken. */
export function mergeNews(waiting: readonly News[], news: News): News[] {
  return [...waiting.filter(({ jobId }) => jobId !== news.jobId), news];
}

export function isUrgent(news: News): boolean {
  return news.kind === "ended" && news.isUrgent;
}

function quarter({ progress = 0 }: JobSummary): number {
  return Math.min(75, Math.floor(progress / 25) * 25);
}
