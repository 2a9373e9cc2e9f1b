import type { Cursor } from "#app/contract/cursor.ts";
import type { JobLog } from "#app/contract/job.ts";
import { createHoleFinder } from "#app/server/bus/find-holes.server.ts";
import type { JobBus, JobMessage } from "#app/server/bus/job-bus.ts";
import type { FeedEntry, FeedHead, JobRepository } from "#app/server/repository/job-repository.ts";
import type { StateEvent } from "./feed-event.ts";
import { createFeedPages, type FeedPage } from "./feed-pages.server.ts";
import { eventAt, type FeedWindow, type ShownState, stateOf, stateOfEntry } from "./feed-window.ts";

/** What may arrive before the feed knows where it begins; more is read from the repository instead. */
const LARGEST_EARLY = 1_000;

/** A viewer, as the feed of its user sees it. */
export type FeedMember = {
  /** Called for every state that is new to the feed, with the lines that came along, if any did. */
  take(event: StateEvent, state: ShownState, logs: readonly JobLog[]): void;
  /** Resolves when the member can take more, or is gone. */
  hasRoom(): Promise<void>;
  /** The feed cannot go on. */
  fail(error: unknown): void;
};

export type UserFeed = {
  /** Resolves when the feed knows where it is; rejects when the repository cannot say. */
  opened: Promise<void>;
  members: Set<FeedMember>;
  /** The position up to which nothing is missing: no viewer is told of a later one. */
  settled(): Cursor;
  /** The newest position the feed has heard of, and the newest removal that is forgotten. */
  newest(): bigint;
  sweptSeq(): bigint;
  /** From here on the newest states are in memory; `recent` gives them, `read` what was before. */
  since(): bigint;
  recent(after: bigint, limit: number): ShownState[];
  /** One read for all who ask for the same at the same time. Rejects when the repository fails. */
  read(after: bigint): Promise<FeedPage>;
  /** Brings from the repository what is missing, if anything is. One at a time; rejects when the repository fails. */
  compare(): Promise<void>;
  /** Whether the repository failed at the last comparison. */
  isDegraded(): boolean;
  close(): void;
};

/**
 * What one user's jobs do, for all of that user's viewers in this process: listens to the bus, sees what it has
 * lost, reads that from the repository once, and remembers the newest states. A state is told as soon as it is heard
 * of, with the position that is settled by then, so that whoever resumes from there misses nothing.
 */
export function openUserFeed(options: {
  userEmail: string;
  repository: JobRepository;
  bus: JobBus;
  openWindow: (from: bigint) => FeedWindow;
  rowsAtOnce: number;
  /** Where the first viewer comes from: what it missed is read along with the head. */
  resumeFrom: bigint | undefined;
  /** The bus may have lost something without a trace. */
  onLost: () => void;
}): UserFeed {
  const { userEmail, repository, bus, openWindow, rowsAtOnce, resumeFrom, onLost } = options;
  const members = new Set<FeedMember>();
  let head: FeedHead = { epoch: "", seq: 0n, sweptSeq: 0n };
  let settled = 0n;
  let window = openWindow(0n);
  /** What arrives before the feed knows where it begins. */
  let early: JobMessage[] | undefined = [];
  const senders = createHoleFinder();
  let isMissing = false;
  /** What the last comparison found may not have been all: something may appear behind it until the next one. */
  let isLateDue = false;
  let isDegraded = false;
  let comparison: Promise<void> | undefined;
  const pages = createFeedPages({ userEmail, repository, rowsAtOnce, window: () => window });

  const before = (seq: bigint): bigint => (seq > repository.lateBy ? seq - repository.lateBy : 0n);

  const unsubscribe = bus.subscribe(userEmail, receive, onLost);
  const opened = open();

  async function open(): Promise<void> {
    const entries = await readBeginning();
    const arrived = early ?? [];
    early = undefined;
    for (const entry of entries) if (entry.seq > settled) tell(stateOfEntry(entry), []);
    for (const message of arrived) if (message.seq > before(settled)) receive(message);
    if (isMissing) compare().catch(() => {});
  }

  /** One read, however many viewers wait; the window reaches back to the first of them, unless it is too far. */
  async function readBeginning(): Promise<FeedEntry[]> {
    if (resumeFrom === undefined) {
      begin(await repository.head(userEmail));
      return [];
    }
    const { head: at, entries } = await repository.headWithChanges(userEmail, resumeFrom, rowsAtOnce);
    begin(at);
    if (entries.length < rowsAtOnce && resumeFrom < at.seq)
      window.extend(resumeFrom, entries.map(stateOfEntry));
    return entries;
  }

  function receive(message: JobMessage): void {
    if (early !== undefined) {
      if (early.length < LARGEST_EARLY) early.push(message);
      else isMissing = true;
      return;
    }
    const { seq, job, logs, isRemoved } = message;
    const joins = senders.joins(message, settled);
    if (joins && !isMissing && !bus.mayLose && comparison === undefined) settled = larger(settled, seq);
    tell(stateOf(seq, job, isRemoved), logs);
    if (joins) return;
    isMissing = true;
    compare().catch(() => {});
  }

  function tell(state: ShownState, logs: readonly JobLog[], known = settled): void {
    if (!window.add(state)) return;
    const event = eventAt(state, { epoch: head.epoch, seq: smaller(state.seq, known) });
    for (const member of members) member.take(event, state, logs);
  }

  /** At the end of a comparison everything up to the head it began with is known. */
  async function bringDifference(): Promise<void> {
    const wasMissing = isMissing;
    isMissing = false;
    const now = await repository.head(userEmail);
    if (now.epoch !== head.epoch) return beginAnew(now);
    const hasMoved = now.seq > settled;
    if (wasMissing || hasMoved || isLateDue) await tellChangesSince(before(settled), now.seq);
    isLateDue = hasMoved && repository.lateBy > 0n;
    head = now;
    settled = larger(settled, now.seq);
    senders.forget(settled);
  }

  async function tellChangesSince(from: bigint, known: bigint): Promise<void> {
    for (let at = from, isLast = false; !isLast;) {
      const rows = await repository.changedAfter(userEmail, at, rowsAtOnce);
      for (const row of rows) tell(stateOfEntry(row), [], known);
      at = rows.at(-1)?.seq ?? at;
      isLast = rows.length < rowsAtOnce;
      if (rows.length > 0) await Promise.all([...members].map((member) => member.hasRoom()));
    }
  }

  function begin(at: FeedHead): void {
    head = at;
    settled = at.seq;
    senders.clear();
    window.close();
    window = openWindow(settled);
  }

  function beginAnew(at: FeedHead): void {
    begin(at);
    for (const member of members) member.fail(new FeedReplacedError("the feed was replaced by another"));
  }

  function compare(): Promise<void> {
    comparison ??= (async () => {
      try {
        do await bringDifference();
        while (isMissing);
        isDegraded = false;
      } catch (error) {
        isMissing = true;
        isDegraded = true;
        throw error;
      } finally {
        comparison = undefined;
      }
    })();
    return comparison;
  }

  return {
    opened,
    members,
    settled: () => ({ epoch: head.epoch, seq: settled }),
    newest: () => larger(settled, window.newest()),
    sweptSeq: () => head.sweptSeq,
    since: () => window.since(),
    recent: (after, limit) => window.after(after, limit),
    read: pages.read,
    compare,
    isDegraded: () => isDegraded,
    close() {
      unsubscribe();
      window.close();
    },
  };
}

/** The storage was put back to an earlier state while streams were open: their viewers have to begin anew. */
class FeedReplacedError extends Error {
  readonly code = "feed_replaced";
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
