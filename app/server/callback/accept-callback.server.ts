import { defined } from "#app/contract/defined.ts";
import type { CallbackAnswer } from "#app/contract/http.ts";
import type { Job } from "#app/contract/job.ts";
import { type AuthoriseCallback, goodToken } from "./authorise-callback.server.ts";
import type { Unsigned } from "#app/server/callback-body/read-callback.server.ts";
import type { ParsedCallback } from "#app/server/callback-body/parse-callback.server.ts";
import type { CallbackRate } from "./callback-rate.server.ts";
import type { CallbackTarget } from "#app/server/repository/job-repository.ts";
import type { TakeReport } from "./take-report.server.ts";

export type CallbackOutcome =
  /** 200: applied, or deliberately not. */
  | { kind: "answered"; answer: CallbackAnswer }
  /** 401: no, wrong or expired token, another job's path, and an unknown job: one answer, no probing. */
  | { kind: "unauthorized" }
  /** 401: the token is good, but the job asks for a signature, and there is none or another. */
  | { kind: "unsigned" }
  /** 410: the owner has removed the job. */
  | { kind: "removed" }
  /** 400: not JSON. */
  | { kind: "malformed"; message: string }
  /** 422: JSON, but no callback. */
  | { kind: "invalid"; field: string; message: string }
  /** 413: more bytes than a progress callback may have. */
  | { kind: "too_large"; limit: number }
  /** 429: this job reports too often; a final is never refused. */
  | { kind: "too_often"; retryAfterSeconds: number };

export type CallbackInput = {
  /** What the path names; undefined where it names no job of its own. */
  jobId: string | undefined;
  token: string | undefined;
  idempotencyKey: string | undefined;
  /** Reads and parses the body, once the sender is known. */
  read: (token: string, signingSecret?: string) => Promise<ParsedCallback | Unsigned>;
};

export type AcceptCallback = (input: CallbackInput) => Promise<CallbackOutcome>;

/**
 * The way of a callback: authorise → read → take the report → answer. An `answered` outcome is
 * durable before it is returned; viewers can neither delay nor fail it.
 */
export function createAcceptCallback(options: {
  authorise: AuthoriseCallback;
  takeReport: TakeReport;
  rate: CallbackRate;
  clock: () => number;
  progressLimit: number;
}): AcceptCallback {
  const { authorise, takeReport, rate, clock, progressLimit } = options;

  return async function acceptCallback({ jobId, token, idempotencyKey, read }) {
    const target = token === undefined ? undefined : await authorise(jobId, token);
    if (token === undefined || target === undefined) return { kind: "unauthorized" };
    const { job, isRemoved } = target;
    if (isRemoved) return { kind: "removed" };

    const parsed = await read(token, target.token.signingSecret);
    if (parsed.kind !== "parsed") return parsed;
    const { report, bytes, digest } = parsed;
    if (report.outcome === undefined) {
      if (bytes > progressLimit) return { kind: "too_large", limit: progressLimit };
      const retryAfterSeconds = rate(job.jobId, clock());
      if (retryAfterSeconds > 0) return { kind: "too_often", retryAfterSeconds };
    }

    const request = { bytes, digest, ...defined({ idempotencyKey }) };
    // The token may have been replaced while the body was read, or at another instance.
    const mayChange = (now: CallbackTarget): boolean =>
      goodToken(now, target.token.hash, clock()) !== undefined;
    const changed = await takeReport(job, parsed, { request, mayChange });
    if (changed === undefined) return { kind: "removed" };
    if (!changed.applied && changed.reason === "unauthorized") return { kind: "unauthorized" };
    return { kind: "answered", answer: answerOf(changed.job, changed) };
  };
}

function answerOf(job: Job, changed: { applied: boolean; reason?: string }): CallbackAnswer {
  const { status, revision, cancelRequested } = job;
  const reason =
    changed.reason === "duplicate" || changed.reason === "after_final" ? changed.reason : undefined;
  return { applied: changed.applied, ...defined({ reason }), status, revision, cancelRequested };
}
