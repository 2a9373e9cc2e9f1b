import type { CallbackReport } from "#app/contract/callback/report.ts";
import { defined } from "#app/contract/defined.ts";
import { isFinal, type Job, type JobLog, type JobResult } from "#app/contract/job.ts";
import { cleanText } from "./clean-text.ts";
import type { IgnoredReason, JobEvent } from "./job-event.ts";
import { cutDetails, toJobLog } from "./job-log.ts";

const TEXT_LIMIT = 2_000;

/** What one event does to a job: its next state with the lines it adds, or why nothing changes. */
export type Reduction =
  | { applied: true; job: Job; logs: JobLog[]; result?: JobResult }
  | { applied: false; reason: IgnoredReason };

/**
 * The state rules (design: state rules, 1–3). Pure: the same job and event give the same answer. What is applied
 * raises `revision` by one and sets `updatedAt` to the instant of the event.
 */
export function reduceJob(job: Job, event: JobEvent): Reduction {
  switch (event.type) {
    case "callback_received":
      return receiveCallback(job, event.report, event.at);
    case "cancel_requested":
      return requestCancel(job, event.at);
    case "silence_exceeded":
      return declareDead(job, event.at);
  }
}

function receiveCallback(job: Job, report: CallbackReport, at: string): Reduction {
  if (isSettled(job, report)) return { applied: false, reason: "after_final" };
  const { seq, outcome } = report;
  if (seq !== undefined && seq === job.lastSeq) return { applied: false, reason: "duplicate" };

  const logs = report.lines.map((line) => toJobLog(line, at));
  const isOld = outcome === undefined && seq !== undefined && seq < (job.lastSeq ?? seq);
  const { error: _, finishedAt: __, endedBy: ___, ...open } = job;
  const next: Job = {
    ...open,
    ...(isOld ? {} : shown(job, report)),
    ...(outcome === undefined
      ? { status: report.queued && job.status === "queued" ? "queued" : "running" }
      : ended(job, report, outcome, at)),
    ...defined({
      startedAt: report.queued ? job.startedAt : (job.startedAt ?? at),
      lastError: report.errorLine ? cleanText(report.errorLine, TEXT_LIMIT) : job.lastError,
      lastSeq: isOld ? job.lastSeq : (seq ?? job.lastSeq),
      processId: job.processId ?? report.processId,
    }),
    lastCallbackAt: at,
    logCount: job.logCount + logs.length,
    updatedAt: at,
    revision: job.revision + 1,
  };
  return { applied: true, job: next, logs, ...defined({ result: report.result }) };
}

/** Only the worker's own end is sticky; an owner's cancel yields to a worker that finished instead. */
function isSettled(job: Job, report: CallbackReport): boolean {
  if (job.endedBy === "worker") return true;
  return job.endedBy === "owner" && report.outcome === undefined;
}

/** What a viewer sees move: progress never goes back, the rest is what was said last. */
function shown(job: Job, report: CallbackReport): Partial<Job> {
  const known = [job.progress, report.progress].filter((progress) => progress !== undefined);
  return defined({
    progress: known.length > 0 ? Math.max(...known) : undefined,
    phase: report.phase === undefined ? job.phase : cleanText(report.phase, 200),
    message: report.message === undefined ? job.message : cleanText(report.message, TEXT_LIMIT),
  });
}

type Outcome = NonNullable<CallbackReport["outcome"]>;

function ended(job: Job, report: CallbackReport, status: Outcome, at: string): Partial<Job> {
  const end = { status, endedBy: "worker", finishedAt: at } as const;
  switch (status) {
    case "completed":
      return { ...end, progress: 100 };
    case "canceled":
      return end;
    case "failed": {
      const { code, message, details } = report.error ?? { code: "failed", message: "" };
      const error = {
        code: cleanText(code, 200),
        message: cleanText(message || (job.lastError ?? "the worker gave no reason"), TEXT_LIMIT),
        ...defined({ details: details === undefined ? undefined : cutDetails(details) }),
      };
      return { ...end, error };
    }
  }
}

function requestCancel(job: Job, at: string): Reduction {
  if (isFinal(job.status) || job.endedBy !== undefined) return { applied: false, reason: "after_final" };
  if (job.cancelRequested) return { applied: false, reason: "duplicate" };
  const hasBegun = job.lastCallbackAt !== undefined;
  const next = { ...job, cancelRequested: true, updatedAt: at, revision: job.revision + 1 };
  if (hasBegun) return { applied: true, job: next, logs: [] };
  return {
    applied: true,
    job: { ...next, status: "canceled", endedBy: "owner", finishedAt: at },
    logs: [],
  };
}

/** Fails a silent job with the last error line as its message; the worker's next word revives it. */
function declareDead(job: Job, at: string): Reduction {
  if (isFinal(job.status) || job.endedBy !== undefined) return { applied: false, reason: "after_final" };
  const message = job.lastError ?? `no callback for ${job.timeoutSeconds} s`;
  const next: Job = {
    ...job,
    status: "failed",
    endedBy: "jobmon",
    error: { code: "no_callback", message },
    finishedAt: at,
    updatedAt: at,
    revision: job.revision + 1,
  };
  return { applied: true, job: next, logs: [] };
}
