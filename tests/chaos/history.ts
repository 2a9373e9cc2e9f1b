import { isDeepStrictEqual } from "node:util";
import { parseCursor } from "#app/contract/cursor.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { isFinal, type JobStatus } from "#app/contract/job-status.ts";

/** A callback that was answered 200, and the message only it carried. */
export type Acknowledged = {
  jobId: string;
  message: string;
  applied: boolean;
  revision: number;
  status: JobStatus;
};

/** One event a viewer saw, and on which of its connections. */
export type Seen = { connection: number; id?: string | undefined; job?: JobSummary };

/** Everything one viewer saw, in order, and what it shows in the end. */
export type ViewerHistory = { name: string; seen: Seen[]; shows: ReadonlyMap<string, JobSummary> };

/** What a run recorded. */
export type History = {
  acknowledged: Acknowledged[];
  viewers: ViewerHistory[];
  /** Jobs of the user that were removed before it began. */
  removed?: ReadonlySet<string>;
};

/** What the repository says once all is quiet: every job of the user, and the messages of its log lines. */
export type Truth = ReadonlyMap<string, { summary: JobSummary; messages: readonly string[] }>;

/**
 * What a history breaks of the promise, one sentence each; empty when it was kept: nothing acknowledged is lost or
 * applied twice, a final stays, every viewer ends at the truth, ids never go down on a connection, one revision is
 * one state, and nobody sees a job that is not the user's.
 */
export function checkHistory({ acknowledged, viewers, removed }: History, truth: Truth): string[] {
  return [
    ...checkAcknowledged(acknowledged, truth),
    ...viewers.flatMap((viewer) => [...checkOrder(viewer), ...checkEnd(viewer, truth)]),
    ...checkStates(viewers, (jobId) => truth.has(jobId) || removed?.has(jobId) === true),
  ];
}

function checkAcknowledged(acknowledged: Acknowledged[], truth: Truth): string[] {
  const revisions = new Set<string>();
  return acknowledged.flatMap(({ jobId, message, applied, revision, status }) => {
    const what = `job ${jobId}, callback "${message}", revision ${revision}`;
    const known = truth.get(jobId);
    if (known === undefined) return [`${what}: acknowledged, and the job is gone`];
    const { summary, messages } = known;
    const broken: string[] = [];
    if (summary.revision < revision) broken.push(`${what}: acknowledged, stored is ${summary.revision}`);
    const times = messages.filter((other) => other === message).length;
    if (times !== 1) broken.push(`${what}: acknowledged once, logged ${times} times`);
    if (isFinal(status) && summary.status !== status)
      broken.push(`${what}: ended as ${status}, stored is ${summary.status}`);
    if (applied && revisions.has(`${jobId} ${revision}`)) broken.push(`${what}: two callbacks made it`);
    if (applied) revisions.add(`${jobId} ${revision}`);
    return broken;
  });
}

function checkOrder({ name, seen }: ViewerHistory): string[] {
  const last = new Map<string, bigint>();
  return seen.flatMap(({ connection, id }) => {
    if (id === undefined) return [];
    const cursor = parseCursor(id);
    if (cursor === undefined) return [`${name}: the id ${id} is no cursor`];
    const key = `${connection} ${cursor.epoch}`;
    const before = last.get(key) ?? 0n;
    last.set(key, cursor.seq);
    return cursor.seq < before ? [`${name}: id ${id} after ${before} on connection ${connection}`] : [];
  });
}

function checkEnd({ name, shows }: ViewerHistory, truth: Truth): string[] {
  return [...truth].flatMap(([jobId, { summary }]) => {
    const shown = shows.get(jobId);
    if (shown === undefined) return [`${name}: does not show job ${jobId}`];
    if (isDeepStrictEqual(shown, summary)) return [];
    return [`${name}: shows ${JSON.stringify(shown)}, stored is ${JSON.stringify(summary)}`];
  });
}

function checkStates(viewers: ViewerHistory[], isOwn: (jobId: string) => boolean): string[] {
  const states = new Map<string, JobSummary>();
  return viewers.flatMap(({ name, seen }) =>
    seen.flatMap(({ job }) => {
      if (job === undefined) return [];
      if (!isOwn(job.jobId)) return [`${name}: saw job ${job.jobId}, which is not the user's`];
      const key = `${job.jobId} ${job.revision}`;
      const first = states.get(key) ?? job;
      states.set(key, first);
      if (isDeepStrictEqual(first, job)) return [];
      return [`${name}: revision ${job.revision} of job ${job.jobId} has two states`];
    }),
  );
}
