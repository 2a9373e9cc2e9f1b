import { afterEach, beforeEach, expect, it } from "vitest";
import { decodeStreamEvent } from "#app/contract/stream.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { stored } from "../../../tests/contracts/stored-jobs.ts";
import { createManualClock } from "../../../tests/support/manual-clock.ts";
import { openStorage, said, type Storage } from "../../../tests/support/open-storage.ts";
import { createJobStreams, type JobStreams } from "./job-streams.server.ts";
import { createOpenJobStream } from "./open-job-stream.server.ts";
import { createStreamGauges } from "./stream-gauges.ts";
import { STREAM_LIMITS } from "./stream-limits.ts";
import { createUserFeeds, type UserFeeds } from "./user-feeds.server.ts";

const USERS = Array.from({ length: 200 }, (_, n) => `user-${n}@example.org`);

let storage: Storage;
let clock = createManualClock();
let feeds: UserFeeds;
let streams: JobStreams;
let reads: number;
beforeEach(async () => {
  storage = await openStorage();
  restart();
});
afterEach(async () => {
  streams.closeAll();
  feeds.close();
  await storage[Symbol.asyncDispose]();
});

it("viewers cut at the same time are all brought up to date from memory, without a read", async () => {
  const viewers = await twoOfEach();
  const jobs = await Promise.all(USERS.map((userEmail) => stored(storage.repository, { userEmail })));
  await Promise.all(viewers.map(({ leave }) => leave()));
  for (const { jobId } of jobs) await storage.changeJob(jobId, said({ progress: 42 }));
  reads = 0;
  const again = await Promise.all(viewers.map(({ userEmail, lastId }) => watch(userEmail, lastId)));
  expect(reads).toBe(0);
  for (const [n, viewer] of again.entries())
    expect(viewer.progress).toEqual({ [jobs[Math.floor(n / 2)]?.jobId ?? ""]: 42 });
});

it("those of one user share what is read for them after a restart", async () => {
  const viewers = await twoOfEach();
  const jobs = await Promise.all(USERS.map((userEmail) => stored(storage.repository, { userEmail })));
  for (const { jobId } of jobs) await storage.changeJob(jobId, said({ progress: 42 }));
  restart();
  const again = await Promise.all(viewers.map(({ userEmail, lastId }) => watch(userEmail, lastId)));
  // Where the feed is and what changed, in one.
  expect(reads).toBe(USERS.length);
  for (const [n, viewer] of again.entries())
    expect(viewer.progress).toEqual({ [jobs[Math.floor(n / 2)]?.jobId ?? ""]: 42 });
});

it("a comparison reads each user's head once, however many viewers there are", async () => {
  await twoOfEach();
  reads = 0;
  for (let second = 0; second < 23; second++) clock.advance(1_000);
  await new Promise(setImmediate);
  expect(reads).toBe(USERS.length);
});

it("what lies before the memory is read, in pages, and nothing is missing", async () => {
  restart({ perUser: 50, total: 60 });
  const [userEmail = ""] = USERS;
  const first = await watch(userEmail);
  const jobs = await Promise.all(
    Array.from({ length: 450 }, () => stored(storage.repository, { userEmail })),
  );
  for (const { jobId } of jobs) await storage.changeJob(jobId, said({ progress: 7 }));
  await first.leave();
  const again = await watch(userEmail, first.lastId);
  expect(Object.keys(again.progress).toSorted()).toEqual(jobs.map(({ jobId }) => jobId).toSorted());
  expect(reads).toBeGreaterThan(2);
});

async function twoOfEach() {
  return Promise.all(USERS.flatMap((userEmail) => [watch(userEmail), watch(userEmail)]));
}

/** A process that knows nothing yet, over the same storage. */
function restart(kept?: { perUser: number; total: number }): void {
  streams?.closeAll();
  feeds?.close();
  reads = 0;
  clock = createManualClock();
  const gauges = createStreamGauges();
  const repository = countingReads(storage.repository);
  feeds = createUserFeeds({ repository, bus: storage.bus, clock, gauges, ...(kept && { kept }) });
  streams = createJobStreams({
    open: createOpenJobStream({ repository, feeds, gauges }),
    limits: STREAM_LIMITS,
    clock,
    gauges,
    onError(error) {
      throw error;
    },
  });
}

function countingReads(real: JobRepository): JobRepository {
  return {
    ...real,
    head: (...parameters) => ((reads += 1), real.head(...parameters)),
    headWithChanges: (...parameters) => ((reads += 1), real.headWithChanges(...parameters)),
    changedAfter: (...parameters) => ((reads += 1), real.changedAfter(...parameters)),
  };
}

/** A viewer that has been told everything there was. */
async function watch(userEmail: string, after?: string) {
  const answer = streams.respond({ userEmail, after, follow: undefined });
  const reader = answer.body?.getReader();
  const utf8 = new TextDecoder();
  let text = "";
  while (!text.includes("event: ready")) text += utf8.decode((await reader?.read())?.value);
  const progress: Record<string, number | undefined> = {};
  let lastId: string | undefined;
  for (const block of text.split("\n\n").filter((one) => one !== "")) {
    const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s)));
    const event = decodeStreamEvent(fields.event, fields.data, fields.id ?? "");
    if (event?.event === "job_update") progress[event.data.jobId] = event.data.progress;
    lastId = event?.id ?? lastId;
  }
  return { userEmail, lastId, progress, leave: async () => reader?.cancel() };
}
