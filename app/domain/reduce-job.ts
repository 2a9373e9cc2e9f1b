import type { JobEvent } from "#app/contract/job-event.ts";
import type { Job } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import { defined } from "#app/contract/defined.ts";
import { archiveSettled, isFetching, partAfter, partsAgain } from "./fetch-parts.ts";
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
    case "artifacts_stored": {
      const artifacts = [...(job.artifacts ?? []), ...event.artifacts];
      return endStorage(job, event.at, { ...archiveSettled(job), artifacts });
    }
    case "artifacts_refused": {
      const error = job.error ?? { code: "archive_refused", message: event.reason };
      return endStorage(job, event.at, { ...archiveSettled(job), error });
    }
    case "part_settled": {
      const next = partAfter(job, event);
      if (next === undefined) return { applied: false, reason: "duplicate" };
      return job.status === "pending-storage"
        ? endStorage(job, event.at, next)
        : changed(job, event.at, next);
    }
    case "parts_requested": {
      const next = isFinal(job.status) ? partsAgain(job, event.at) : undefined;
      return next === undefined ? { applied: false, reason: "duplicate" } : changed(job, event.at, next);
    }
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

/** One step of `pending-storage`, the last of which is its end: as the worker said, or failed where its files could not be kept. */
function endStorage(job: Job, at: string, step: Partial<Job>): Reduction {
  if (job.status !== "pending-storage") return { applied: false, reason: "duplicate" };
  const next = { ...job, ...step };
  if (isFetching(next)) return changed(job, at, step);
  const end = { ...step, finishedAt: at };
  return changed(
    job,
    at,
    next.error === undefined ? { ...end, status: "completed", progress: 100 } : { ...end, status: "failed" },
  );
}

function hasEnded(job: Job): boolean {
  return isFinal(job.status) || job.status === "pending-storage";
}

function changed(job: Job, at: string, next: Partial<Job>): Reduction {
  const { fetching, ...after } = { ...job, ...next, updatedAt: at, revision: job.revision + 1 };
  return { applied: true, job: { ...after, ...defined({ fetching }) }, logs: [] };
}
