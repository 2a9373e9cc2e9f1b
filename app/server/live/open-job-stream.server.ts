import { type Cursor, parseCursor } from "#app/contract/cursor.ts";
import type { Job, JobLog } from "#app/contract/job.ts";
import type { JobBus, JobMessage } from "#app/server/bus/job-bus.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { type FeedEvent, lineOf, updateOf } from "./feed-event.ts";
import type { StreamGauges } from "./stream-gauges.ts";

const ROWS_AT_ONCE = 200;
/** What may wait for a replay; more is read from the repository instead. */
const LARGEST_QUEUE = 1_000;

export type JobStreamRequest = {
  userEmail: string;
  /** A cursor as the client sent it; without one the stream begins now. */
  after: string | undefined;
  /** Only this job, with its log lines from index `logFrom` on. */
  follow: { jobId: string; logFrom: number } | undefined;
};

/** Where the events of one viewer go. */
export type Outlet = {
  send(event: FeedEvent): void;
  /** Resolves when what was sent is on its way, or never will be; a replay reads on then. */
  hasRoom(): Promise<void>;
  /** The repository failed: the stream is of no use any more. */
  fail(error: unknown): void;
};

export type JobStream = {
  /** Replays, sends `ready`, then is live. Rejects when the repository fails. */
  start(): Promise<void>;
  /** Sends a heartbeat, and before it whatever the bus has lost without a trace. Rejects like `start`. */
  heartbeat(head: Cursor): Promise<void>;
  close(): void;
};

export type OpenJobStream = (request: JobStreamRequest, outlet: Outlet) => JobStream;

/**
 * One viewer's way through the feed, without a gap: subscribe and queue, replay from the repository what changed
 * after the cursor, drop from the queue what was replayed, then live; `ready` is the seam. A message that does not
 * join the one before it is not sent: what is missing is read from the repository, in pages, the same way.
 */
export function createOpenJobStream(options: {
  repository: JobRepository;
  bus: JobBus;
  gauges: StreamGauges;
  /** How many rows of the feed are read at once. */
  rowsAtOnce?: number;
}): OpenJobStream {
  const { repository, bus, gauges, rowsAtOnce = ROWS_AT_ONCE } = options;

  return ({ userEmail, after, follow }, { send, hasRoom, fail }) => {
    let epoch = "";
    /** The largest seq sent, and the one up to which all is known from the repository. */
    let sent = 0n;
    let replayed = 0n;
    /** The last message of each sender since then. */
    const lastOf = new Map<string, bigint>();
    /** What was sent since then, by job; kept where messages may be lost, so that a comparison sends the rest only. */
    const sentOf = new Map<string, bigint>();
    let nextLog = follow?.logFrom ?? 0;
    /** What arrives while a replay runs; undefined while the stream is live. */
    let queue: JobMessage[] | undefined = [];
    let hasOverflowed = false;
    let isClosed = false;

    const unsubscribe = bus.subscribe(userEmail, receive);
    gauges.subscribers += 1;

    function receive(message: JobMessage): void {
      if (queue === undefined) deliver(message);
      else if (queue.push(message) > LARGEST_QUEUE) {
        queue = [];
        hasOverflowed = true;
      }
    }

    function deliver(message: JobMessage): void {
      const { sender, previous, seq, job, logs, isRemoved } = message;
      const known = lastOf.get(sender) ?? replayed;
      if (seq <= replayed || seq <= known) return;
      const firstLog = job.logCount - logs.length;
      const lacksLines = job.jobId === follow?.jobId && firstLog > nextLog;
      if (previous === undefined || previous > known) return readAgain(known);
      if (seq < sent || lacksLines) return readAgain(seq - 1n);
      lastOf.set(sender, seq);
      sendLines(job.jobId, firstLog, logs);
      if (isRemoved) sendRemoval(seq, job.jobId);
      else sendUpdate(seq, job);
    }

    /** Whether the viewer is to see this; either way it has been looked at. */
    function pass(seq: bigint, jobId: string): boolean {
      if (seq > sent) sent = seq;
      if (sentOf.get(jobId) === seq) return false;
      if (bus.mayLose) sentOf.set(jobId, seq);
      return follow === undefined || follow.jobId === jobId;
    }

    function sendUpdate(seq: bigint, job: Job): void {
      if (!pass(seq, job.jobId)) return;
      send({ event: "job_update", data: updateOf(job), at: { epoch, seq } });
    }

    function sendRemoval(seq: bigint, jobId: string): void {
      if (pass(seq, jobId)) send({ event: "job_removed", data: { jobId }, at: { epoch, seq } });
    }

    function sendLines(jobId: string, first: number, entries: readonly JobLog[]): void {
      if (jobId !== follow?.jobId) return;
      for (const [offset, entry] of entries.entries()) {
        const index = first + offset;
        if (index < nextLog) continue;
        nextLog = index + 1;
        send({ event: "job_log", data: lineOf(jobId, index, entry) });
      }
    }

    async function sendKeptLines(): Promise<void> {
      if (follow === undefined || (await repository.find(userEmail, follow.jobId)) === undefined) return;
      const kept = await repository.logs(follow.jobId, { from: nextLog, limit: 500 });
      const entries = kept.map(({ entry }) => entry);
      sendLines(follow.jobId, kept[0]?.index ?? nextLog, entries);
    }

    function readAgain(from: bigint): void {
      catchUp(from).catch(fail);
    }

    /** From the repository: what changed since; meanwhile the bus waits in the queue. */
    async function catchUp(from: bigint): Promise<void> {
      queue ??= [];
      let at = from;
      for (;;) {
        hasOverflowed = false;
        const page = await repository.changedAfter(userEmail, at, rowsAtOnce);
        // Read after the states, so that none is missed, and sent before them, so that none follows an end.
        await sendKeptLines();
        for (const entry of page) {
          if ("job" in entry) sendUpdate(entry.seq, entry.job);
          else sendRemoval(entry.seq, entry.removedJobId);
        }
        at = page.at(-1)?.seq ?? at;
        if (page.length > 0) await hasRoom();
        if (isClosed || (page.length < rowsAtOnce && !hasOverflowed)) break;
      }
      replayed = at > sent ? at : sent;
      lastOf.clear();
      sentOf.clear();
      const waiting = queue;
      queue = undefined;
      waiting.forEach(receive);
    }

    return {
      async start() {
        const head = await repository.head(userEmail);
        const cursor = after === undefined ? head : parseCursor(after);
        epoch = head.epoch;
        const isKnown = cursor?.epoch === epoch && cursor.seq <= head.seq && cursor.seq >= head.sweptSeq;
        sent = isKnown ? cursor.seq : head.seq;
        gauges.replays += 1;
        if (!isKnown) gauges.resets += 1;
        if (!isKnown) send({ event: "reset", at: { epoch, seq: sent } });
        await catchUp(sent);
        send({ event: "ready", at: { epoch, seq: sent } });
      },

      async heartbeat(head) {
        const from = bus.mayLose ? replayed : sent;
        if (queue === undefined && (head.seq > sent || sent > from)) await catchUp(from);
        send({ event: "heartbeat" });
      },

      close() {
        if (isClosed) return;
        isClosed = true;
        unsubscribe();
        gauges.subscribers -= 1;
      },
    };
  };
}
