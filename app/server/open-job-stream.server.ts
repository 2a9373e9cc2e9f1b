import { type Cursor, formatCursor, parseCursor } from "#app/contract/cursor.ts";
import { type Job, type JobLog, summarize } from "#app/contract/job.ts";
import { type StreamEvent, toJobUpdate } from "#app/contract/stream.ts";
import type { JobBus, JobMessage } from "./bus/job-bus.ts";
import type { JobRepository } from "./repository/job-repository.ts";

const PAGE = 200;

export type JobStreamRequest = {
  userEmail: string;
  /** A cursor as the client sent it; without one the stream begins now. */
  after: string | undefined;
  /** Only this job, with its log lines from index `logFrom` on. */
  follow: { jobId: string; logFrom: number } | undefined;
};

export type JobStream = {
  /** Replays, sends `ready`, then is live. Rejects when the repository fails; the stream is of no use then. */
  start(): Promise<void>;
  /** Sends the feed's head, and before it whatever the bus has lost. Rejects like `start`. */
  heartbeat(): Promise<void>;
  close(): void;
};

export type OpenJobStream = (request: JobStreamRequest, send: (event: StreamEvent) => void) => JobStream;

/**
 * One viewer's way through the feed, without a gap: subscribe and queue, replay from the repository what changed
 * after the cursor, drop from the queue what was replayed, then live; `ready` is the seam. Ids never go down.
 */
export function createOpenJobStream(options: { repository: JobRepository; bus: JobBus }): OpenJobStream {
  const { repository, bus } = options;

  return ({ userEmail, after, follow }, send) => {
    let epoch = "";
    let sent = 0n;
    /** The position the viewer knows; behind `sent` where it follows one job and others have moved. */
    let told = 0n;
    let nextLog = follow?.logFrom ?? 0;
    /** What arrives while a replay runs; undefined while the stream is live. */
    let queue: JobMessage[] | undefined = [];
    let hasGap = false;

    const unsubscribe = bus.subscribe(userEmail, (message) => {
      if (queue === undefined) deliver(message);
      else queue.push(message);
    });
    function tellPosition(): string {
      told = sent;
      return formatCursor({ epoch, seq: told });
    }

    function deliver({ seq, job, logs, isRemoved }: JobMessage): void {
      if (seq <= sent) return;
      if (isRemoved) return sendRemoval(seq, job.jobId);
      const firstLog = job.logCount - logs.length;
      if (job.jobId === follow?.jobId && firstLog > nextLog) hasGap = true;
      else sendLines(job.jobId, firstLog, logs);
      sendUpdate(seq, job);
    }

    function sendUpdate(seq: bigint, job: Job): void {
      if (seq > sent) sent = seq;
      if (follow !== undefined && follow.jobId !== job.jobId) return;
      send({ event: "job_update", id: tellPosition(), data: toJobUpdate(summarize(job)) });
    }

    function sendRemoval(seq: bigint, jobId: string): void {
      if (seq > sent) sent = seq;
      if (follow !== undefined && follow.jobId !== jobId) return;
      send({ event: "job_removed", id: tellPosition(), data: { jobId } });
    }

    function sendLines(jobId: string, first: number, entries: readonly JobLog[]): void {
      if (jobId !== follow?.jobId) return;
      for (const [offset, entry] of entries.entries()) {
        const index = first + offset;
        if (index < nextLog) continue;
        nextLog = index + 1;
        send({ event: "job_log", data: { jobId, index, entry } });
      }
    }

    async function sendKeptLines(): Promise<void> {
      if (follow === undefined || (await repository.find(userEmail, follow.jobId)) === undefined) return;
      const kept = await repository.logs(follow.jobId, { from: nextLog, limit: 500 });
      const entries = kept.map(({ entry }) => entry);
      sendLines(follow.jobId, kept[0]?.index ?? nextLog, entries);
    }

    /** From the repository: what changed since the last thing sent; meanwhile the bus waits in the queue. */
    async function catchUp(): Promise<void> {
      queue ??= [];
      hasGap = false;
      let page: Awaited<ReturnType<JobRepository["changedAfter"]>>;
      do {
        page = await repository.changedAfter(userEmail, sent, PAGE);
        // Read after the states, so that none is missed, and sent before them, so that none follows an end.
        await sendKeptLines();
        for (const entry of page) {
          if ("job" in entry) sendUpdate(entry.seq, entry.job);
          else sendRemoval(entry.seq, entry.removedJobId);
        }
      } while (page.length === PAGE);
      const waiting = queue;
      queue = undefined;
      for (const message of waiting) deliver(message);
    }

    return {
      async start() {
        const head = await repository.head(userEmail);
        const cursor = after === undefined ? head : parseCursor(after);
        epoch = head.epoch;
        const isKnown = cursor !== undefined && cursor.epoch === epoch && cursor.seq <= head.seq;
        sent = isKnown ? cursor.seq : head.seq;
        if (!isKnown) send({ event: "reset", id: tellPosition(), data: { head: tellPosition() } });
        await catchUp();
        send({ event: "ready", id: tellPosition(), data: { head: tellPosition() } });
      },

      async heartbeat() {
        const head: Cursor = await repository.head(userEmail);
        if (queue === undefined && (hasGap || head.seq > sent)) await catchUp();
        send({ event: "heartbeat", data: { head: formatCursor({ epoch, seq: told }) } });
      },

      close: unsubscribe,
    };
  };
}
