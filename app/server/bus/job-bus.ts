import type { Job, JobLog } from "#app/contract/job.ts";

/**
 * What was just made durable: a job's new state, its place in the feed, and the lines that came with it; the first
 * has index `job.logCount - logs.length`. `isRemoved`: the job is no more.
 */
export type JobFact = { userEmail: string; seq: bigint; job: Job; logs: JobLog[]; isRemoved?: true };

/**
 * A fact as it arrives. Whoever sent it says who that is, and which place of this user's feed it told of before, so
 * that a lost message is seen by the next: 0 is none ever, undefined that it does not know any more.
 */
export type JobMessage = JobFact & { sender: string; previous: bigint | undefined };

export type JobListener = (message: JobMessage) => void;

/**
 * Tells the open streams of every instance that a job has changed. A wake-up that may be lost: the repository is
 * the truth (delivery: trap 9).
 */
export interface JobBus {
  /** Whether a message can be lost on the way. If so, what was told is compared with the repository from time to time. */
  readonly mayLose: boolean;
  /** Never throws and never waits: a callback is neither delayed nor failed by its viewers. */
  publish(fact: JobFact): void;
  /**
   * Calls the listener for every message of one user from now on, the same object for all of them. Returns how to stop,
   * after which neither is called. `onLost` is called when messages of this user may have been lost without a trace:
   * each time the way was interrupted and is open again, and once when a subscription that takes effect only later has
   * taken effect. The heads are compared then. Never called while `subscribe` runs; a bus that cannot lose never does.
   */
  subscribe(userEmail: string, listener: JobListener, onLost?: () => void): () => void;
  /** Resolves when messages can flow (readiness); a cheap question, asked every 5 s while there are viewers. */
  check(): Promise<void>;
  close(): Promise<void>;
}
