import { setImmediate as turnEnds } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { JobBus } from "#app/server/bus/job-bus.ts";
import { createManualClock, type ManualClock } from "../../../tests/support/manual-clock.ts";
import { ANNA, openStorage, said, type Storage } from "../../../tests/support/open-storage.ts";
import { createStreamGauges } from "./stream-gauges.ts";
import type { FeedMember } from "./user-feed.server.ts";
import { createUserFeeds, type UserFeeds } from "./user-feeds.server.ts";

let storage: Storage;
let clock: ManualClock;
let feeds: UserFeeds;
const gauges = createStreamGauges();
beforeEach(async () => {
  storage = await openStorage();
  clock = createManualClock();
});
afterEach(async () => {
  feeds.close();
  await storage[Symbol.asyncDispose]();
});

it("what the bus lost while it was away is shown within two seconds of its return", async () => {
  const away = busThatGoesAway();
  const viewer = await join(away.bus);
  const job = await storage.insert();
  away.leave();
  await storage.changeJob(job.jobId, said({ progress: 42 }));
  await turnEnds();
  expect(viewer.shown).toEqual([]);
  away.comeBack();
  clock.advance(1_000);
  clock.advance(1_000);
  await expect.poll(() => viewer.shown).toEqual([job.jobId]);
});

it("what the bus lost without a trace is shown within 23 s, by a comparison", async () => {
  const away = busThatGoesAway();
  const viewer = await join(away.bus);
  const job = await storage.insert();
  away.leave();
  await storage.changeJob(job.jobId, said({ progress: 42 }));
  clock.advance(16_000);
  await turnEnds();
  expect(viewer.shown).toEqual([]);
  clock.advance(8_000);
  await expect.poll(() => viewer.shown).toEqual([job.jobId]);
});

it("a bus that does not answer degrades the feed until it does", async () => {
  let answers = true;
  const { bus } = storage;
  const check = () => (answers ? Promise.resolve() : Promise.reject(new Error("away")));
  const viewer = await join({ ...bus, check });
  answers = false;
  clock.advance(5_000);
  await expect.poll(viewer.isDegraded).toBe(true);
  answers = true;
  clock.advance(5_000);
  await expect.poll(viewer.isDegraded).toBe(false);
});

it("so does one that never says anything", async () => {
  const viewer = await join({ ...storage.bus, check: () => new Promise(() => {}) });
  clock.advance(5_000);
  expect(viewer.isDegraded()).toBe(false);
  clock.advance(5_000);
  expect(viewer.isDegraded()).toBe(true);
});

it("a feed outlives its last viewer by ten seconds, and is that of whoever comes back", async () => {
  const first = await join(storage.bus);
  first.leave();
  clock.advance(9_000);
  const second = feeds.join(ANNA.userEmail, member([]));
  expect(second.feed).toBe(first.feed);
  clock.advance(60_000);
  expect(gauges.subscribers).toBe(1);
  second.leave();
  clock.advance(11_000);
  expect(gauges.subscribers).toBe(0);
  expect(clock.tasks()).toBe(0);
});

it("a feed that could not begin is not kept", async () => {
  let isAway = true;
  const { repository, bus } = storage;
  const head: typeof repository.head = (userEmail) =>
    isAway ? Promise.reject(new Error("away")) : repository.head(userEmail);
  feeds = createUserFeeds({ repository: { ...repository, head }, bus, clock, gauges });
  await expect(feeds.join(ANNA.userEmail, member([])).feed.opened).rejects.toThrow("away");
  isAway = false;
  await expect(feeds.join(ANNA.userEmail, member([])).feed.opened).resolves.toBeUndefined();
});

async function join(bus: JobBus) {
  const { repository } = storage;
  feeds = createUserFeeds({ repository, bus, clock, gauges, random: () => 0.5 });
  const shown: string[] = [];
  const membership = feeds.join(ANNA.userEmail, member(shown));
  await membership.feed.opened;
  return { ...membership, shown };
}

function member(shown: string[]): FeedMember {
  return {
    take: (event) => void shown.push(event.data.jobId),
    hasRoom: () => Promise.resolve(),
    fail(error) {
      throw error;
    },
  };
}

/** The bus of the storage, over a way that can be interrupted. */
function busThatGoesAway() {
  const lost = new Set<() => void>();
  let isAway = false;
  const bus: JobBus = {
    ...storage.bus,
    mayLose: true,
    subscribe(userEmail, listener, onLost = () => {}) {
      lost.add(onLost);
      return storage.bus.subscribe(userEmail, (message) => {
        if (!isAway) listener(message);
      });
    },
  };
  return {
    bus,
    leave: () => void (isAway = true),
    comeBack() {
      isAway = false;
      for (const tell of lost) tell();
    },
  };
}
