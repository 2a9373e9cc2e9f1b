import { parseCursor } from "#app/contract/cursor.ts";
import type { JobLog } from "#app/contract/job.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import type { FeedEvent, StateEvent } from "./feed-event.ts";
import { eventAt, type ShownState } from "./feed-window.ts";
import { followLines } from "./follow-lines.server.ts";
import type { StreamGauges } from "./stream-gauges.ts";
import type { UserFeeds } from "./user-feeds.server.ts";

/** How many states a replay from memory sends before it waits for room. */
const STATES_AT_ONCE = 200;

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
  /** So much waits that the viewer is better told of the newest states later: it has fallen behind. */
  isFull(): boolean;
  /** How many jobs have changed since the viewer fell behind; called whenever that grows. */
  missed(jobs: number): void;
  /** The repository failed: the stream is of no use any more. */
  fail(error: unknown): void;
};

export type JobStream = {
  /** Replays, sends `ready`, then is live. Rejects when the repository fails. */
  start(): Promise<void>;
  heartbeat(): void;
  close(): void;
};

export type OpenJobStream = (request: JobStreamRequest, outlet: Outlet) => JobStream;

/**
 * One viewer's way through the feed of its user, without a gap: from its cursor on it is shown what the repository
 * has, then what the feed remembers, and in the turn in which nothing is left of that it is live; `ready` is the
 * seam. Lines of a followed job that did not come with a message are read from the repository, the same way.
 */
export function createOpenJobStream(options: {
  repository: JobRepository;
  feeds: UserFeeds;
  gauges: StreamGauges;
}): OpenJobStream {
  const { repository, feeds, gauges } = options;
  /** From where a viewer that has seen a position is shown what it may have missed. */
  const before = (seq: bigint): bigint => (seq > repository.lateBy ? seq - repository.lateBy : 0n);

  return ({ userEmail, after, follow }, { send, hasRoom, isFull, missed, fail }) => {
    const cursor = after === undefined ? undefined : parseCursor(after);
    const member = { take, hasRoom: () => (isLive ? hasRoom() : catchingUp.catch(() => {})), fail };
    const { feed, isDegraded, leave } = feeds.join(userEmail, member, cursor && before(cursor.seq));
    /** Everything up to here was shown, but for what is yet to come late. */
    let position = 0n;
    let isLive = false;
    /** The jobs that changed since the viewer fell behind. */
    let behind: Set<string> | undefined;
    let isClosed = false;
    const lines = follow && followLines({ ...follow, userEmail, repository, send });
    let catchingUp: Promise<void> = Promise.resolve();

    /** What comes while the viewer catches up it finds in the window later, unless that is behind it already. */
    function take(event: StateEvent, { seq, jobId, logCount }: ShownState, logs: readonly JobLog[]): void {
      if (isClosed) return;
      if (isLive && isFull()) fallBehind(seq);
      if (behind !== undefined) miss(behind, jobId);
      if (!isLive && seq > position && seq > feed.since()) return;
      if (
        lines !== undefined &&
        jobId === follow?.jobId &&
        !lines.take(logCount - logs.length, logs) &&
        isLive
      )
        return goBack(seq, replay);
      if (isLive && seq > position) position = seq;
      show(event);
    }

    function show(event: StateEvent): void {
      if (follow === undefined || event.data.jobId === follow.jobId) send(event);
    }

    /** A viewer that takes nothing costs nothing: it is shown the newest states when it has room again. */
    function fallBehind(seq: bigint): void {
      behind = new Set();
      goBack(seq, async () => {
        await hasRoom();
        behind = undefined;
        await replay();
      });
    }

    function miss(jobs: Set<string>, jobId: string): void {
      if (jobs.has(jobId)) gauges.merged += 1;
      else missed(jobs.add(jobId).size);
    }

    function goBack(seq: bigint, catchUp: () => Promise<void>): void {
      if (position >= seq) position = seq - 1n;
      isLive = false;
      catchingUp = catchUp();
      catchingUp.catch(fail);
    }

    async function replay(): Promise<void> {
      for (;;) {
        if (isClosed) return;
        const isRecent = position >= feed.since();
        const { states, upTo } = isRecent ? recent() : await feed.read(position);
        const isLast = isRecent && states.length < STATES_AT_ONCE;
        const hasAllLines = lines === undefined || lines.hasAll(states);
        // Read after the states, so that none is missed, and sent before them, so that none follows an end.
        if (!hasAllLines) await lines.sendKept(states);
        for (const state of states) show(eventAt(state, positionFor(state.seq)));
        position = upTo;
        if (isLast && hasAllLines) {
          isLive = true;
          return;
        }
        if (states.length > 0) await hasRoom();
      }
    }

    function recent() {
      const states = feed.recent(position, STATES_AT_ONCE);
      return { states, upTo: states.at(-1)?.seq ?? position };
    }

    function positionFor(seq: bigint) {
      const settled = feed.settled();
      return seq < settled.seq ? { ...settled, seq } : settled;
    }

    return {
      async start() {
        await feed.opened;
        const { epoch } = feed.settled();
        const from = after === undefined ? { epoch, seq: feed.newest() } : cursor;
        const isOfFeed = from?.epoch === epoch;
        // Another instance, or the list, may have told of what this feed has not heard of yet.
        if (isOfFeed && from.seq > feed.newest()) await feed.compare();
        const isKnown = isOfFeed && from.seq <= feed.newest() && from.seq >= feed.sweptSeq();
        position = isKnown ? before(from.seq) : feed.newest();
        gauges.replays += 1;
        if (!isKnown) gauges.resets += 1;
        if (!isKnown) send({ event: "reset", at: positionFor(position) });
        await (catchingUp = replay());
        if (!isClosed) send({ event: "ready", at: positionFor(position), isDegraded: isDegraded() });
      },

      heartbeat: () => send({ event: "heartbeat", isDegraded: isDegraded() }),

      close() {
        if (isClosed) return;
        isClosed = true;
        leave();
      },
    };
  };
}
