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

/** One page of a user's jobs, `updatedAt` descending, then `jobId`. */
export type JobListing = { jobs: Job[]; total: number; nextCursor: string | null };

/**
 * The truth about all jobs. Every answer that reports success is durable; every read but those for callbacks is
 * confined to one user. A repository that cannot answer throws `RepositoryUnavailableError`.
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
  /** An applied delivery with the same idempotency key, or with the same digest since the given instant. */
  hasDelivery(
    jobId: string,
    match: { digest: string; since: string; idempotencyKey?: string },
  ): Promise<boolean>;
  /** Writes one change; `conflict` when the stored revision is another: read again, reduce again. */
  save(change: JobChange): Promise<{ seq: bigint } | "conflict">;
  /** Records a callback that changed nothing. */
  recordDelivery(jobId: string, delivery: Delivery): Promise<void>;

  find(userEmail: string, jobId: string): Promise<Job | undefined>;
  list(userEmail: string, query: ListQuery): Promise<JobListing>;
  /** The lines from index `from` on, oldest first, at most `limit`; kept are the last 500. */
  logs(jobId: string, range: { from: number; limit: number }): Promise<{ index: number; entry: JobLog }[]>;
  result(jobId: string): Promise<JobResult | undefined>;
  /** How many jobs of each status the user has. */
  countByStatus(userEmail: string): Promise<Partial<Record<JobStatus, number>>>;

  /** The newest position of a user's feed; a feed that never moved has one too. */
  head(userEmail: string): Promise<Cursor>;
  /** Jobs changed after `seq`, in order of `seq`, newest state each. */
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
