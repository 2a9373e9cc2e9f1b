import type { Asked } from "#app/contract/asked.ts";
import { isProcessId } from "#app/contract/process-id.ts";
import type { Job } from "#app/contract/job.ts";

const CHECK_AFTER_SECONDS = 30;
/** A failed job often tells nothing but its last error line (secretary-contract: trap 2). */
const DYING_SECONDS = 3;
const LONGEST_PAUSE_SECONDS = 300;
/** A job that jobmon gave up is asked about for so long: the Secretary may come back. */
const GIVEN_UP_MS = 24 * 3600 * 1000;
/** Two pauses of equal length differ by up to this share. */
const SPREAD = 0.2;

/**
 * When the Secretary is to be asked about a job; undefined where that is pointless. After a silence, sooner where the last
 * words were those of a dying job, then in growing pauses; always before the job is given up. Follows from the
 * job alone, so that every instance, and one after a restart, comes to the same instant.
 */
export function askAt(job: Job): string | undefined {
  if (!isProcessId(job.processId) || !isOpen(job)) return undefined;
  const { asked, timeoutSeconds, checkAfterSeconds = CHECK_AFTER_SECONDS } = job;
  const first = isDying(job) ? Math.min(DYING_SECONDS, checkAfterSeconds) : checkAfterSeconds;
  const seconds = asked === undefined ? first : pause(first, asked, job.jobId);
  // Nobody but we ourselves will tell of a job that is to be followed.
  if (job.follow && asked === undefined && job.lastCallbackAt === undefined) return job.createdAt;
  const from = asked?.at ?? job.lastCallbackAt ?? job.createdAt;
  return new Date(Date.parse(from) + Math.min(seconds, timeoutSeconds / 2) * 1000).toISOString();
}

/** Whether the last words were those of a dying job: an error line, or 95 % after one. */
export function isDying({ asked, lastError, phase, progress = 0 }: Job): boolean {
  if (asked !== undefined) return asked.isDying ?? false;
  return lastError !== undefined && (phase === "failed" || progress >= 95);
}

/** The question in a job after one more answer; `callback` ends it, but for an end that was asked for. */
export function askedAfter(job: Job, at: string, answer: Pick<Asked, "answer" | "progress">): Asked {
  const { asked } = job;
  const since = asked?.since ?? job.lastCallbackAt ?? job.createdAt;
  const dying = isDying(job) ? ({ isDying: true } as const) : {};
  return { since, at, count: (asked?.count ?? 0) + 1, ...answer, ...dying };
}

function isOpen({ status, endedBy, asked, finishedAt }: Job): boolean {
  if (status === "queued" || status === "running") return true;
  if (endedBy !== "jobmon" || finishedAt === undefined || asked?.answer === "unknown") return false;
  return Date.parse(asked?.at ?? finishedAt) - Date.parse(finishedAt) < GIVEN_UP_MS;
}

/** Doubles from question to question, at most five minutes; each a little different, so that jobs do not move in step. */
function pause(first: number, { count }: Asked, jobId: string): number {
  const doubled = Math.min(LONGEST_PAUSE_SECONDS, first * 2 ** Math.min(count - 1, 16));
  const share = sum(`${jobId}${count}`) % 1000;
  return doubled * (1 - SPREAD / 2 + (SPREAD * share) / 1000);
}

function sum(text: string): number {
  let hash = 0;
  for (const char of text) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
  return hash;
}
