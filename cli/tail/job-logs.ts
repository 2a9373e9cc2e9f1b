import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, type JobsApi } from "#app/client/jobs-api.ts";
import type { JobLog, JobSummary } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import type { Patience } from "../watch/patience.ts";

const KEPT = 500;
const PACE_MS = 250;

export type JobLogs = {
  /** A job has changed: its new lines are read soon. Of one seen for the first time its last `fromEnd` lines. */
  look(job: JobSummary, fromEnd: number): void;
  /** Resolves when nothing is left to read. */
  settled(): Promise<void>;
};

/**
 * Reads the new lines of many jobs, each line once and in order. Any change of a job may have brought some, so the feed
 * says when to look, and a job's lines are read at most four times a second. What is kept no more is counted to `onGap`.
 */
export function createJobLogs(options: {
  api: JobsApi;
  patience: Patience;
  aborted: AbortSignal;
  onLines: (job: JobSummary, from: number, entries: readonly JobLog[]) => void;
  onGap: (job: JobSummary, count: number) => void;
  onError: (error: unknown) => void;
}): JobLogs {
  const { api, patience, aborted, onLines, onGap } = options;
  const next = new Map<string, number>();
  const due = new Map<string, JobSummary>();
  const reading = new Map<string, Promise<void>>();

  async function readAll(jobId: string, fromEnd: number): Promise<void> {
    for (let job = due.get(jobId); job !== undefined; job = due.get(jobId)) {
      due.delete(jobId);
      const detail = await patience.ask(() => api.detail(jobId, KEPT));
      const wanted = next.get(jobId) ?? Math.max(0, detail.logCount - fromEnd);
      const first = Math.max(wanted, detail.logsFrom);
      next.set(jobId, detail.logCount);
      if (first > wanted) onGap(job, first - wanted);
      const fresh = detail.logs.slice(first - detail.logsFrom);
      if (fresh.length > 0) onLines(job, first, fresh);
      if (!isFinal(job.status)) await sleep(PACE_MS, undefined, { signal: aborted });
    }
  }

  return {
    look(job, fromEnd) {
      const { jobId } = job;
      due.set(jobId, job);
      if (reading.has(jobId)) return;
      const work = readAll(jobId, fromEnd)
        .catch((error: unknown) => {
          const isGone = error instanceof ApiError && error.status === 404;
          if (!aborted.aborted && !isGone) options.onError(error);
        })
        .finally(() => reading.delete(jobId));
      reading.set(jobId, work);
    },
    async settled() {
      while (reading.size > 0) await Promise.all(reading.values());
    },
  };
}
