import type { JobEvent } from "#app/contract/job-event.ts";
import type { Job } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import { receiveCallback } from "./receive-callback.ts";
import type { Reduction } from "./reduction.ts";
import { silenceSeconds } from "./stalled.ts";
import { askedAfter } from "./when-to-ask.ts";

type SecretaryAsked = Extract<JobEvent, { type: "secretary_asked" }>;

/** Answers that are no word about the job, as the message of a job that is given up names them. */
const SECRETARY_SAID = new Map<string, string>([
  ["unknown", "Secretary: Job nicht gefunden"],
  ["unreachable", "Secretary: no answer"],
]);

/**
 * The state rules (design: state rules, 1–3). Pure: the same job and event give the same answer. What is applied
 * raises `revision` by one and sets `updatedAt` to the instant of the event.
 */
export function reduceJob(job: Job, event: JobEvent): Reduction {
  switch (event.type) {
    case "job_registered":
      return { applied: false, reason: "duplicate" };
    case "callback_received":
      return receiveCallback(job, event);
    case "secretary_asked":
      return noteQuestion(job, event);
    case "cancel_requested":
      return requestCancel(job, event.at);
    case "token_rotated":
      return hasEnded(job) ? { applied: false, reason: "after_final" } : changed(job, event.at, {});
    case "silence_exceeded":
      return declareDead(job, event.at);
    case "artifacts_stored":
      return endStorage(job, event.at, { artifacts: event.artifacts });
    case "artifacts_refused":
      return endStorage(job, event.at, { error: { code: "archive_refused", message: event.reason } });
  }
}

/** A job that never reported ends at once; a running one is asked to stop by the answer to its next callback. */
function requestCancel(job: Job, at: string): Reduction {
  if (hasEnded(job)) return { applied: false, reason: "after_final" };
  if (job.cancelRequested) return { applied: false, reason: "duplicate" };
  const end =
    job.lastCallbackAt === undefined
      ? ({ status: "canceled", endedBy: "owner", finishedAt: at } as const)
      : {};
  return changed(job, at, { cancelRequested: true, ...end });
}

/** A question without a word about the job is no sign of life and no end; it is remembered for whoever wonders. */
function noteQuestion(job: Job, { at, answer }: SecretaryAsked): Reduction {
  if (hasEnded(job) && job.endedBy !== "jobmon") return { applied: false, reason: "after_final" };
  return changed(job, at, { asked: askedAfter(job, at, { answer }) });
}

/**
 * Fails a silent job with its last error line as the message, and what the Secretary said when it was asked; the
 * worker's next word revives it.
 */
function declareDead(job: Job, at: string): Reduction {
  if (hasEnded(job)) return { applied: false, reason: "after_final" };
  if (silenceSeconds(job, Date.parse(at)) < job.timeoutSeconds) return { applied: false, reason: "not_due" };
  const silence = job.lastError ?? `no callback for ${job.timeoutSeconds} s`;
  const asked = job.asked && SECRETARY_SAID.get(job.asked.answer);
  const message = asked === undefined ? silence : `${silence} (${asked})`;
  const error = { code: "no_callback", message };
  return changed(job, at, { status: "failed", endedBy: "jobmon", error, finishedAt: at });
}

/** The end of `pending-storage`: as the worker said, or failed where its files could not be kept. */
function endStorage(job: Job, at: string, outcome: Pick<Job, "artifacts" | "error">): Reduction {
  if (job.status !== "pending-storage") return { applied: false, reason: "duplicate" };
  const end = { ...outcome, ...(job.error === undefined ? {} : { error: job.error }), finishedAt: at };
  const failed = end.error !== undefined;
  return changed(
    job,
    at,
    failed ? { ...end, status: "failed" } : { ...end, status: "completed", progress: 100 },
  );
}

function hasEnded(job: Job): boolean {
  return isFinal(job.status) || job.status === "pending-storage";
}

function changed(job: Job, at: string, next: Partial<Job>): Reduction {
  return { applied: true, job: { ...job, ...next, updatedAt: at, revision: job.revision + 1 }, logs: [] };
}
