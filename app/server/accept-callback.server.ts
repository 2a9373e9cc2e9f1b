import { createHash } from "node:crypto";
import { translateCallback } from "#app/contract/callback/translate-callback.ts";
import { defined } from "#app/contract/defined.ts";
import type { CallbackAnswer } from "#app/contract/http.ts";
import type { Job } from "#app/contract/job.ts";
import type { JobEvent } from "#app/domain/job-event.ts";
import { reduceJob } from "#app/domain/reduce-job.ts";
import type { JobBus } from "./bus/job-bus.ts";
import { hashToken, isSameHash } from "./callback-token.server.ts";
import type { CallbackTarget, Delivery, JobRepository } from "./repository/job-repository.ts";

/** A body that is the same as one applied less than this ago is a duplicate (design: state rules, 4). */
const DUPLICATE_WITHIN_MS = 10_000;
const MAX_CONFLICTS = 50;

export type CallbackOutcome =
  /** 200: applied, or deliberately not. */
  | { kind: "answered"; answer: CallbackAnswer }
  /** 401: no, wrong or expired token, another job's path, and an unknown job: one answer, no probing. */
  | { kind: "unauthorized" }
  /** 400: not JSON. */
  | { kind: "malformed"; message: string }
  /** 422: JSON, but no callback. */
  | { kind: "invalid"; field: string; message: string }
  /** 413: the bytes exceed the limit of a progress callback. */
  | { kind: "too_large"; limit: number };

export type CallbackInput = {
  /** What the path names; undefined where it names no job of its own. */
  jobId: string | undefined;
  token: string | undefined;
  idempotencyKey: string | undefined;
  /** Reads the body once the sender is known. */
  readBody: () => Promise<Uint8Array>;
};

export type AcceptCallback = (input: CallbackInput) => Promise<CallbackOutcome>;

/**
 * The way of a callback: authorise → translate → reduce → save (guarded by the revision) → publish. An `answered`
 * outcome is durable before it is returned; viewers can neither delay nor fail it.
 */
export function createAcceptCallback(options: {
  repository: JobRepository;
  bus: JobBus;
  clock: () => number;
  progressLimit: number;
}): AcceptCallback {
  const { repository, bus, clock, progressLimit } = options;

  async function authorise({ jobId, token }: CallbackInput): Promise<CallbackTarget | undefined> {
    if (token === undefined) return undefined;
    const hash = hashToken(token);
    const target = await (jobId === undefined
      ? repository.findTargetByToken(hash)
      : repository.findTarget(jobId));
    if (target === undefined || !isSameHash(target.tokenHash, hash)) return undefined;
    return Date.parse(target.tokenExpiresAt) > clock() ? target : undefined;
  }

  return async function acceptCallback(input) {
    const authorised = await authorise(input);
    if (authorised === undefined) return { kind: "unauthorized" };
    const bytes = await input.readBody();
    const json = parseJson(bytes, input.token ?? "");
    if ("fault" in json) return { kind: "malformed", message: json.fault };
    const translated = translateCallback(json.value);
    if ("fault" in translated) return { kind: "invalid", ...translated.fault };
    const { report } = translated;
    if (report.outcome === undefined && bytes.length > progressLimit) {
      return { kind: "too_large", limit: progressLimit };
    }

    const now = clock();
    const at = new Date(now).toISOString();
    const digest = createHash("sha256").update(bytes).digest("hex");
    const since = new Date(now - DUPLICATE_WITHIN_MS).toISOString();
    const { idempotencyKey } = input;
    const base = { receivedAt: at, bytes: bytes.length, digest, ...defined({ idempotencyKey }) };
    const { jobId } = authorised.job;
    const event: JobEvent = { type: "callback_received", at, report };

    let { job } = authorised;
    for (let attempt = 0; attempt < MAX_CONFLICTS; attempt++) {
      const isDuplicate = await repository.hasDelivery(jobId, {
        digest,
        since,
        ...defined({ idempotencyKey }),
      });
      const reduction = isDuplicate
        ? ({ applied: false, reason: "duplicate" } as const)
        : reduceJob(job, event);
      if (!reduction.applied) {
        await repository.recordDelivery(jobId, { ...base, applied: false, reason: reduction.reason });
        return { kind: "answered", answer: answerOf(job, { applied: false, reason: reduction.reason }) };
      }
      const delivery: Delivery = { ...base, applied: true };
      const saved = await repository.save({ ...reduction, expectedRevision: job.revision, delivery });
      if (saved !== "conflict") {
        bus.publish({ userEmail: job.userEmail, seq: saved.seq, job: reduction.job, logs: reduction.logs });
        return { kind: "answered", answer: answerOf(reduction.job, { applied: true }) };
      }
      const fresh = await repository.findTarget(jobId);
      if (fresh === undefined) return { kind: "unauthorized" };
      job = fresh.job;
    }
    throw new Error(`job ${jobId}: ${MAX_CONFLICTS} conflicts in a row for one callback`);
  };
}

/** The worker's own token is taken out of the text before anything is read from it: no field can carry it on. */
function parseJson(bytes: Uint8Array, token: string): { value: unknown } | { fault: string } {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { value: JSON.parse(text.includes(token) ? text.replaceAll(token, "[redacted]") : text) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

function answerOf(job: Job, applied: Pick<CallbackAnswer, "applied" | "reason">): CallbackAnswer {
  const { status, revision, cancelRequested } = job;
  return { ...applied, status, revision, cancelRequested };
}
