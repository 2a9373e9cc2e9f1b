import type { JobBus } from "#app/server/bus/job-bus.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { createFeedWindows } from "./feed-window.ts";
import type { LiveClock } from "./live-clock.server.ts";
import type { StreamGauges } from "./stream-gauges.ts";
import { type FeedMember, openUserFeed, type UserFeed } from "./user-feed.server.ts";

const LOOK_EVERY_MS = 1_000;
/** Between two comparisons with the repository, ± 15 %, and where the last one failed. */
const COMPARE_EVERY_MS = 20_000;
const RETRY_EVERY_MS = 5_000;
const CHECK_BUS_EVERY_MS = 5_000;
/** A feed without viewers is kept for those that were cut and come back. */
const LINGER_MS = 10_000;
const ROWS_AT_ONCE = 200;
/** States kept in memory; what is older is read from the repository. */
const KEPT = { perUser: 1_000, total: 50_000 };

/** A viewer's place among those of its user. */
export type Membership = {
  feed: UserFeed;
  /** Whether what the viewer sees may lag: the repository or the bus does not answer. */
  isDegraded(): boolean;
  leave(): void;
};

export type UserFeeds = {
  /** `resumeFrom`: the position the viewer comes from, if it has one. */
  join(userEmail: string, member: FeedMember, resumeFrom?: bigint): Membership;
  /** Compares what one user was told with the repository now. Rejects when the repository fails. */
  compare(userEmail: string): Promise<void>;
  close(): void;
};

/**
 * One feed per user who has viewers in this process, and a little longer. Each is compared with the repository from
 * time to time, at instants of its own, so that whatever the bus has lost is shown within 25 s.
 */
export function createUserFeeds(options: {
  repository: JobRepository;
  bus: JobBus;
  clock: LiveClock;
  gauges: StreamGauges;
  /** How many rows of the feed are read at once. */
  rowsAtOnce?: number;
  kept?: { perUser: number; total: number };
  /** In [0, 1): spreads comparisons. */
  random?: () => number;
}): UserFeeds {
  const { repository, bus, clock, gauges, rowsAtOnce = ROWS_AT_ONCE, random = Math.random } = options;
  const openWindow = createFeedWindows(options.kept ?? KEPT);
  const feeds = new Map<string, { feed: UserFeed; compareAt: number; closeAt: number }>();
  let timers: (() => void)[] = [];
  let isBusAway = false;
  let isAskingBus = false;

  const jitter = (ms: number): number => ms * (0.85 + 0.3 * random());

  function open(userEmail: string, resumeFrom: bigint | undefined) {
    const feed = openUserFeed({
      userEmail,
      repository,
      bus,
      openWindow,
      rowsAtOnce,
      resumeFrom,
      onLost: () => (entry.compareAt = clock.now() + LOOK_EVERY_MS * random()),
    });
    const entry = { feed, compareAt: clock.now() + jitter(COMPARE_EVERY_MS), closeAt: Infinity };
    feeds.set(userEmail, entry);
    gauges.subscribers += 1;
    feed.opened.catch(() => discard(userEmail, feed));
    if (timers.length === 0)
      timers = [clock.every(LOOK_EVERY_MS, look), clock.every(CHECK_BUS_EVERY_MS, askBus)];
    return entry;
  }

  function discard(userEmail: string, feed: UserFeed): void {
    if (feeds.get(userEmail)?.feed !== feed) return;
    feeds.delete(userEmail);
    feed.close();
    gauges.subscribers -= 1;
    if (feeds.size > 0) return;
    for (const stop of timers) stop();
    timers = [];
  }

  function look(): void {
    const now = clock.now();
    for (const [userEmail, { feed, closeAt, compareAt }] of feeds) {
      if (closeAt <= now) discard(userEmail, feed);
      else if (compareAt <= now) compare(userEmail).catch(() => {});
    }
  }

  async function compare(userEmail: string): Promise<void> {
    const entry = feeds.get(userEmail);
    if (entry === undefined) return;
    entry.compareAt = clock.now() + jitter(COMPARE_EVERY_MS);
    try {
      await entry.feed.opened;
      await entry.feed.compare();
    } catch (error) {
      entry.compareAt = clock.now() + jitter(RETRY_EVERY_MS);
      throw error;
    }
  }

  /** A bus that has not answered by the time it is asked again is away. */
  function askBus(): void {
    if (isAskingBus) isBusAway = true;
    isAskingBus = true;
    const answer = (away: boolean) => () => {
      isAskingBus = false;
      isBusAway = away;
    };
    bus.check().then(answer(false), answer(true));
  }

  return {
    join(userEmail, member, resumeFrom) {
      const entry = feeds.get(userEmail) ?? open(userEmail, resumeFrom);
      const { feed } = entry;
      feed.members.add(member);
      entry.closeAt = Infinity;
      return {
        feed,
        isDegraded: () => isBusAway || feed.isDegraded(),
        leave() {
          feed.members.delete(member);
          if (feed.members.size === 0) entry.closeAt = clock.now() + LINGER_MS;
        },
      };
    },
    compare,
    close() {
      for (const [userEmail, { feed }] of feeds) discard(userEmail, feed);
    },
  };
}
