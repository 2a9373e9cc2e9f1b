import type { Job, JobLog } from "#app/contract/job.ts";

/**
 * A fact that was just made durable: a job's new state, its place in the feed, and the lines that came with it; the
 * first has index `job.logCount - logs.length`. `isRemoved`: the job is no more.
 */
export type JobMessage = { userEmail: string; seq: bigint; job: Job; logs: JobLog[]; isRemoved?: true };

export type JobListener = (message: JobMessage) => void;

/**
 * Tells the open streams of every instance that a job has changed. A wake-up that may be lost: the repository is
 * the truth (delivery: trap 9).
 */
export interface JobBus {
  /** Never throws and never waits: a callback is neither delayed nor failed by its viewers. */
  publish(message: JobMessage): void;
  /** Calls the listener for every message of one user from now on. Returns how to stop. */
  subscribe(userEmail: string, listener: JobListener): () => void;
  /** Resolves when messages can flow (readiness). */
  check(): Promise<void>;
  close(): Promise<void>;
}
