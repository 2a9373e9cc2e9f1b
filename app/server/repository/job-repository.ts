import type { Cursor } from "#app/contract/cursor.ts";
import type { ListQuery } from "#app/contract/http.ts";
import type { Job, JobLog, JobResult, JobStatus } from "#app/contract/job.ts";

/** A job with what a callback is checked against. `tokenHash` is the SHA-256 of the callback token. */
export type CallbackTarget = {
  job: Job;
  tokenHash: Uint8Array;
  tokenExpiresAt: string;
};

/** What happened to one callback; kept for the inspector and to know duplicates. */
export type Delivery = {
  receivedAt: string;
  bytes: number;
  /** SHA-256 of the body as it arrived, hex. */
  digest: string;
  idempotencyKey?: string;
  applied: boolean;
  reason?: string;
};

/** One guarded write: the next state of a job and all that belongs to it, durable together or not at all. */
export type JobChange = {
  job: Job;
  /** The revision the change was reduced from. */
  expectedRevision: number;
  logs: JobLog[];
  result?: JobResult;
  delivery?: Delivery;
};

/** A row of the feed: the newest state of a job and the `seq` of its last change. */
export type FeedEntry = { seq: bigint; job: Job };

/**
 * One page of a user's jobs, `updatedAt` descending, then `jobId` descending. `total` counts all that match the
 * query; `nextCursor` leads to what follows and stays right while jobs move; null at the end.
 */
export type JobListing = { jobs: Job[]; total: number; nextCursor: string | null };

/**
 * The truth about all jobs. Every answer that reports success is durable; every read that takes a `userEmail` is
 * confined to that user, the others are for callbacks and for jobs whose owner was checked. Instants are in the
 * form of `Date.toISOString`, so that they sort as text. A repository that cannot answer, or is closed, rejects
 * with `RepositoryUnavailableError`.
 */
export interface JobRepository {
  /**
   * Stores a new job. With an `idempotencyKey` the same user used before, nothing is written and the job of
   * that first time is returned as `existing`.
   */
  insert(target: CallbackTarget, idempotencyKey?: string): Promise<{ seq: bigint } | { existing: Job }>;
  /** The job a callback names; no user is known yet. */
  findTarget(jobId: string): Promise<CallbackTarget | undefined>;
  /** The job a callback token belongs to, for callbacks that name none. */
  findTargetByToken(tokenHash: Uint8Array): Promise<CallbackTarget | undefined>;
  /**
   * Whether there was an applied delivery with the same idempotency key, or with the same digest since the given
   * instant (inclusive), among the last 50 of the job.
   */
  hasDelivery(
    jobId: string,
    match: { digest: string; since: string; idempotencyKey?: string },
  ): Promise<boolean>;
  /** Writes one change; `conflict` when the stored revision is another: read again, reduce again. */
  save(change: JobChange): Promise<{ seq: bigint } | "conflict">;
  /** Records a callback that changed nothing. A job that is gone by now is no error. */
  recordDelivery(jobId: string, delivery: Delivery): Promise<void>;

  find(userEmail: string, jobId: string): Promise<Job | undefined>;
  /**
   * `q` is found in title, job id and message, whatever its case, no character of it is special; `cursor` wins
   * over `page`. Rejects with `InvalidCursorError` for a cursor that is none.
   */
  list(userEmail: string, query: ListQuery): Promise<JobListing>;
  /** The lines from index `from` on, oldest first, at most `limit`; kept are the last 500. */
  logs(jobId: string, range: { from: number; limit: number }): Promise<{ index: number; entry: JobLog }[]>;
  result(jobId: string): Promise<JobResult | undefined>;
  /** How many jobs of each status the user has. */
  countByStatus(userEmail: string): Promise<Partial<Record<JobStatus, number>>>;

  /** The newest position of a user's feed, never behind an acknowledged write; a feed that never moved has one too. */
  head(userEmail: string): Promise<Cursor>;
  /** Jobs whose last change is after `seq`, in order of `seq`, newest state each; any `seq` may be asked for. */
  changedAfter(userEmail: string, seq: bigint, limit: number): Promise<FeedEntry[]>;

  /** Resolves when the repository can be read and written (readiness). */
  check(): Promise<void>;
  /** Waits for what is being written, then lets go of the storage. */
  close(): Promise<void>;
}

/** The repository cannot take or give anything at the moment; the message names the cause. */
export class RepositoryUnavailableError extends Error {
  readonly code = "repository_unavailable";
}

/** The `cursor` of a list was not made by this repository; a fault of the client. */
export class InvalidCursorError extends Error {
  readonly code = "invalid_cursor";
}
