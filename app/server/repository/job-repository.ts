import type { Cursor } from "#app/contract/cursor.ts";
import type { ListQuery } from "#app/contract/http.ts";
import type { Job, JobLog } from "#app/contract/job.ts";
import type { JobCounts } from "#app/contract/job-status.ts";
import type { Delivery } from "#app/contract/job-event.ts";

/**
 * One of the tokens a worker may report with. `hash` is the SHA-256 of the token, which itself is never stored. With a
 * `signingSecret` what it reports has to be signed too.
 */
export type CallbackToken = { hash: Uint8Array; expiresAt: string; signingSecret?: string };

/** A further token that comes with a change; those there are expire at `olderUntil`, if they do not before. */
export type TokenRotation = { token: CallbackToken; olderUntil: string };

/**
 * A job with the tokens a callback is checked against; a retried registration adds one. `isRemoved`: the owner has
 * deleted it, the job is its last state.
 */
export type CallbackTarget = { job: Job; tokens: CallbackToken[]; isRemoved?: true };

/** A registration that can be repeated: the key the client chose, and the SHA-256 in hex of what it asked for. */
export type IdempotentRequest = { key: string; digest: string };

/** One guarded write: the next state of a job and all that belongs to it, durable together or not at all. */
export type JobChange = {
  job: Job;
  /** The revision the change was reduced from. */
  expectedRevision: number;
  /** A name of its own for this change, unlike that of any other. */
  changeId: string;
  /** Where it was reduced from a change that is not durable yet: that very change has to be the stored one. */
  expectedChangeId?: string;
  logs: JobLog[];
  delivery: Delivery;
  rotation?: TokenRotation;
};

/** A row of the feed: the newest state of a job, or that it was removed, and the `seq` of that change. */
export type FeedEntry = { seq: bigint; job: Job } | { seq: bigint; removedJobId: string };

/**
 * The newest position of a feed, and the newest removal it has forgotten: to a viewer that was away since before that
 * nobody can tell what is gone.
 */
export type FeedHead = Cursor & { sweptSeq: bigint };

/**
 * What the audit replays: the kept deliveries of a job, oldest first, and the state they begin from. `isWhole`: that
 * is the registration, nothing was dropped.
 */
export type JobHistory = { base: Job; deliveries: Delivery[]; isWhole: boolean };

/**
 * One page of a user's jobs, `updatedAt` descending, then `jobId` descending. `total` counts all that match the
 * query, `counts` by status all that match its `q`; `nextCursor` leads to what follows and stays right while jobs move;
 * null at the end.
 */
export type JobListing = { jobs: Job[]; total: number; counts: JobCounts; nextCursor: string | null };

/** Jobs that are not final, by status; the `stalled` ones are among the running. */
export type UnfinishedJobs = Record<"queued" | "running" | "pending-storage" | "stalled", number>;

/**
 * The truth about all jobs. Every answer that reports success is durable; everything that
 * is read for a user takes a `userEmail` and is confined to it: the job of another is as absent as none. The other reads
 * are for callbacks, which a token allows, and for the work of the server itself. Instants are in the
 * form of `Date.toISOString`, so that they sort as text. A repository that cannot answer, or is closed, rejects
 * with `RepositoryUnavailableError`.
 */
export interface JobRepository {
  /**
   * A change may appear behind a newer one that was read before, by so much of `seq` at most: whoever reads on begins so
   * far before its position. 0 where the order is exact.
   */
  readonly lateBy: bigint;
  /**
   * Stores a new job with its first token. With a key the same user used before nothing is written, and the job of
   * that first time is returned as `existing` with the digest of what was asked for then.
   */
  insert(
    job: Job,
    token: CallbackToken,
    request?: IdempotentRequest,
  ): Promise<{ seq: bigint } | { existing: Job; digest: string }>;
  /** Gives a job one more token; the older ones stay good. */
  addToken(jobId: string, token: CallbackToken): Promise<void>;
  /** The job a callback names; no user is known yet. Removed jobs are found as long as their tombstone is kept. */
  findTarget(jobId: string): Promise<CallbackTarget | undefined>;
  /** The job a callback token belongs to, for callbacks that name none. */
  findTargetByToken(tokenHash: Uint8Array): Promise<CallbackTarget | undefined>;
  /**
   * Whether there was an applied delivery with the same idempotency key, as long as the job is kept, or with the same
   * digest since the given instant (inclusive, at most a minute before the last), among the last 1,000 applied ones. What changed nothing does not count.
   */
  hasDelivery(
    jobId: string,
    match: { digest: string; since: string; idempotencyKey?: string },
  ): Promise<boolean>;
  /**
   * Writes one change; `conflict` when the stored revision is another: read again, reduce again. Writes take effect in
   * the order of the calls, so changes may build on each other before the first of them is durable. `seq` is undefined
   * where the database itself tells the viewers, so that nobody has to.
   */
  save(change: JobChange): Promise<{ seq: bigint | undefined } | "conflict">;
  /** Records what changed nothing. A job that is gone by now is no error. */
  recordDelivery(jobId: string, delivery: Delivery): Promise<void>;
  /** Everything the audit needs of one job: its last 50 deliveries or more. Undefined for a job that is gone. */
  history(jobId: string): Promise<JobHistory | undefined>;
  /**
   * Removes a final job with all that belongs to it and leaves a tombstone: its place in the feed and its tokens. The
   * key of its registration is free again. Guarded by the revision like `save`.
   */
  remove(job: Job, at: string): Promise<{ seq: bigint } | "conflict">;

  /**
   * Forgets jobs that were removed before the given instant, their tokens included, oldest first; the feeds remember
   * how far. Resolves with how many.
   */
  sweepTombstones(before: string, limit: number): Promise<number>;

  /** Queued and running jobs whose worker has been silent for `timeoutSeconds` or longer, longest first. */
  findSilent(now: string, limit: number): Promise<Job[]>;
  /**
   * Jobs about which the Secretary is to be asked after the first instant and not later than the second (`askAt`),
   * the longest due first.
   */
  findToAsk(range: { after: string; until: string }, limit: number): Promise<Job[]>;
  /** Jobs in `pending-storage`, and ended ones of whose files some are still to be fetched, oldest first. */
  findStoring(limit: number): Promise<Job[]>;
  /** Final jobs that have not changed since before the given instant, oldest first. */
  findExpired(before: string, limit: number): Promise<Job[]>;
  /** How many jobs of all users are not final at the given instant; at most `cap` of each status. */
  countUnfinished(now: string, cap: number): Promise<UnfinishedJobs>;
  /** The ids of all jobs in order, `limit` after the given one; for the audit. */
  jobIds(after: string, limit: number): Promise<string[]>;

  /**
   * How many seconds the last completed jobs of a kind took from start to end, the last ended first, at most `limit`.
   * A job that is removed does not count any more.
   */
  runTimes(userEmail: string, kind: string, limit: number): Promise<number[]>;

  find(userEmail: string, jobId: string): Promise<Job | undefined>;
  /**
   * `q` is found in title, job id and message, whatever its case, no character of it is special; `cursor` wins
   * over `page`. Rejects with `InvalidCursorError` for a cursor that is none.
   */
  list(userEmail: string, query: ListQuery): Promise<JobListing>;
  /** The lines of a job from index `from` on, oldest first, at most `limit`; kept are the last 500. */
  logs(
    userEmail: string,
    jobId: string,
    range: { from: number; limit: number },
  ): Promise<{ index: number; entry: JobLog }[]>;
  /** The last deliveries of a job, newest first, at most 50. */
  deliveries(userEmail: string, jobId: string, limit: number): Promise<Delivery[]>;

  /** The newest position of a user's feed, never behind an acknowledged write; a feed that never moved has one too. */
  head(userEmail: string): Promise<FeedHead>;
  /** Jobs whose last change, their removal included, is after `seq`, in order of `seq`, newest state each; any `seq` may be asked for. */
  changedAfter(userEmail: string, seq: bigint, limit: number): Promise<FeedEntry[]>;
  /** `head` and `changedAfter` in one read, the head no later than the rows: what a feed begins with. */
  headWithChanges(
    userEmail: string,
    seq: bigint,
    limit: number,
  ): Promise<{ head: FeedHead; entries: FeedEntry[] }>;

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
