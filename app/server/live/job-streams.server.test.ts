import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Job } from "#app/contract/job.ts";
import { createManualClock, type ManualClock } from "../../../tests/support/manual-clock.ts";
import { ANNA, BERT, openStorage, said, type Storage } from "../../../tests/support/open-storage.ts";
import { type FeedHead, RepositoryUnavailableError } from "#app/server/repository/job-repository.ts";
import { createJobStreams, type JobStreams, type ViewerRequest } from "./job-streams.server.ts";
import { createOpenJobStream } from "./open-job-stream.server.ts";
import { createStreamGauges, type StreamGauges } from "./stream-gauges.ts";
import { STREAM_LIMITS, type StreamLimits } from "./stream-limits.ts";
import { createUserFeeds, type UserFeeds } from "./user-feeds.server.ts";

/** No heartbeat, so that nobody has to take it while the clock is moved. */
const SILENT = { heartbeatMs: 3_600_000 };

let storage: Storage;
let clock: ManualClock;
let gauges: StreamGauges;
let streams: JobStreams;
let feeds: UserFeeds;
let errors: unknown[];
beforeEach(async () => {
  storage = await openStorage();
  clock = createManualClock();
  create();
});
afterEach(async () => {
  streams.closeAll();
  feeds.close();
  await storage[Symbol.asyncDispose]();
});

describe("caps", () => {
  it("refuse a user's ninth stream with 429 and when to come back, and leave the others alone", async () => {
    const open = Array.from({ length: 8 }, () => watch());
    const ninth = streams.respond(request());
    expect(ninth.status).toBe(429);
    expect(Number(ninth.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(watch(BERT).answer.status).toBe(200);
    for (const viewer of open) await viewer.until("event: ready");
    await open[0]?.leave();
    expect(watch().answer.status).toBe(200);
    expect(gauges.refused).toBe(1);
  });

  it("refuse with 503 when the process is full", async () => {
    create({ streamsPerProcess: 2 });
    watch();
    const second = watch(BERT);
    expect(streams.respond(request()).status).toBe(503);
    await second.leave();
    expect(watch(BERT).answer.status).toBe(200);
  });
});

describe("the life of a stream", () => {
  it("ends after eight to ten minutes with bye and when to come back", async () => {
    create(SILENT, () => 0);
    const viewer = watch();
    await viewer.until("event: ready");
    clock.advance(8 * 60_000 - 1_000);
    expect(streams.count()).toBe(1);
    clock.advance(1_000);
    expect(await viewer.toEnd()).toMatch(/event: bye\ndata: \{"retry":\d+\}\n\n$/);
    expect(streams.count()).toBe(0);
  });

  it("ends seconds before the session does", async () => {
    create(SILENT);
    const viewer = watch(ANNA, { sessionEndsAt: Date.now() + 60_000 });
    await viewer.until("event: ready");
    clock.advance(54_000);
    expect(streams.count()).toBe(1);
    clock.advance(2_000);
    expect(await viewer.toEnd()).toContain("event: bye");
  });

  it("shows what is still held back before it says bye", async () => {
    const job = await storage.insert();
    const viewer = watch();
    await viewer.until("event: ready");
    await report(job, { progress: 1 });
    await viewer.until('"progress":1');
    await report(job, { progress: 2 });
    streams.closeAll();
    expect(await viewer.toEnd()).toMatch(/"progress":2[\s\S]*event: bye/);
  });
});

describe("the end of all", () => {
  it("is told at instants of their own over the first half of the drain time", async () => {
    let instant = 0;
    create({}, () => (instant += 0.1));
    const mine = Array.from({ length: 8 }, (_, n) => watch({ userEmail: `user-${n}@example.org` }));
    for (const viewer of mine) await viewer.until("event: ready");
    instant = 0;
    streams.closeAll(20);
    expect(streams.respond(request()).status).toBe(503);
    expect(streams.count()).toBe(8);
    clock.advance(20);
    expect(streams.count()).toBe(0);
    for (const viewer of mine) expect(await viewer.toEnd()).toContain("event: bye");
    expect(clock.tasks()).toBe(2);
  });

  it("is told at once when it is told again without a drain time", async () => {
    create({}, () => 0.99);
    const viewer = watch();
    await viewer.until("event: ready");
    streams.closeAll(600_000);
    expect(streams.count()).toBe(1);
    streams.closeAll();
    expect(streams.count()).toBe(0);
    expect(await viewer.toEnd()).toContain("event: bye");
  });
});

describe("a sign-out", () => {
  it("ends the streams of its session within the turn, with bye, and no other", async () => {
    const [ended, other] = [watch(ANNA, { sessionId: "s1" }), watch(ANNA, { sessionId: "s2" })];
    for (const viewer of [ended, other]) await viewer.until("event: ready");
    streams.endSession("s1");
    expect(streams.count()).toBe(1);
    expect(await ended.toEnd()).toMatch(/event: bye\ndata: \{"retry":\d+\}\n\n$/);
    await other.leave();
  });

  it("everywhere ends all streams of the user and none of another", async () => {
    const [one, two, berts] = [watch(ANNA, { sessionId: "s1" }), watch(ANNA), watch(BERT)];
    for (const viewer of [one, two, berts]) await viewer.until("event: ready");
    streams.endUser(ANNA.userEmail);
    expect(streams.count()).toBe(1);
    for (const viewer of [one, two]) expect(await viewer.toEnd()).toContain("event: bye");
    await berts.leave();
  });
});

describe("a degraded feed", () => {
  it("keeps its streams open and says so with every heartbeat, and at once to who comes, until the repository answers again", async () => {
    let isAway = false;
    const { repository } = storage;
    create({}, () => 0.5, {
      ...repository,
      async head(userEmail) {
        if (isAway) throw new RepositoryUnavailableError("away");
        return repository.head(userEmail);
      },
    });
    const viewer = watch();
    await viewer.until("event: ready");
    await passes(15);
    await viewer.until("event: heartbeat");
    isAway = true;
    await passes(15);
    expect(await viewer.until('"degraded":true')).toContain("event: heartbeat");
    expect(streams.count()).toBe(1);
    await viewer.leave();
    const next = watch();
    expect(await next.until("event: ready")).toContain('"degraded":true');
    isAway = false;
    await passes(15);
    const beats = (await next.until("event: heartbeat")).split("event: heartbeat");
    expect(beats.at(-1)).not.toContain("degraded");
  });
});

it("a feed that was put back to another ends its streams, and who comes with its cursor begins anew", async () => {
  const { repository } = storage;
  let epoch: string | undefined;
  const now = (head: FeedHead): FeedHead => (epoch === undefined ? head : { ...head, epoch });
  create(SILENT, () => 0.5, {
    ...repository,
    head: async (userEmail) => now(await repository.head(userEmail)),
    async headWithChanges(...range) {
      const begun = await repository.headWithChanges(...range);
      return { ...begun, head: now(begun.head) };
    },
  });
  const viewer = watch();
  const after = /id: (\S+)/.exec(await viewer.until("event: ready"))?.[1];
  epoch = "restored";
  await passes(25);
  await viewer.toEnd();
  expect(streams.count()).toBe(0);
  expect(errors).toMatchObject([{ code: "feed_replaced" }]);
  const again = await watch(ANNA, { after }).until("event: ready");
  expect(again).toMatch(/^event: reset\nid: restored\.\d+\n/);
});

describe("the pace", () => {
  it("holds progress back and lets it out by a timer that runs only while something is held back", async () => {
    const job = await storage.insert();
    const viewer = watch();
    await viewer.until("event: ready");
    const idle = clock.tasks();
    await report(job, { progress: 1 });
    await viewer.until('"progress":1');
    for (const progress of [2, 3, 4]) await report(job, { progress });
    expect(clock.tasks()).toBe(idle + 1);
    clock.advance(120);
    expect(await viewer.until('"progress":4')).not.toMatch(/"progress":[23]\b/);
    clock.advance(20);
    expect(clock.tasks()).toBe(idle);
    expect(gauges.merged).toBe(2);
  });

  it("is not for a status: the end of a job is shown at once", async () => {
    const job = await storage.insert();
    const viewer = watch();
    await viewer.until("event: ready");
    await report(job, { progress: 1 });
    await viewer.until('"progress":1');
    await report(job, { status: "completed" });
    expect(await viewer.until('"status":"completed"')).toContain("completed");
  });
});

describe("a viewer that takes nothing", () => {
  it("is closed after ten seconds, and another one is not", async () => {
    const job = await storage.insert();
    const [slow, quick] = [watch(), watch()];
    await quick.until("event: ready");
    await slow.until("event: ready");
    await report(job, { progress: 1 });
    await quick.until('"progress":1');
    clock.advance(9_000);
    expect(streams.count()).toBe(2);
    clock.advance(2_000);
    expect(streams.count()).toBe(1);
    expect(gauges.closedAsSlow).toBe(1);
    expect(await slow.toEnd()).not.toContain("progress");
  });

  it("has bounded memory, whatever happens to a job", async () => {
    const job = await storage.insert();
    const viewer = watch();
    await viewer.until("event: ready");
    for (let progress = 0; progress < 300; progress++) await report(job, { progress: progress / 3 });
    expect(streams.bytesWaiting()).toBeLessThan(2_000);
    expect(await viewer.until('"progress":99')).toContain("id: ");
    expect(streams.bytesWaiting()).toBe(0);
  });

  it("falls behind, and is shown the newest state of every job as soon as it takes again", async () => {
    const jobs = await Promise.all(Array.from({ length: 300 }, () => storage.insert()));
    const viewer = watch();
    await viewer.until("event: ready");
    for (const progress of [1, 2, 3]) {
      for (const job of jobs) await report(job, { progress });
    }
    expect(streams.bytesWaiting()).toBeLessThan(66_000);
    const [first, ...others] = jobs;
    const last = others.at(-1);
    if (first === undefined || last === undefined) throw new Error("no jobs");
    for (const job of [first, last]) await report(job, { status: "completed" });
    // What was held back for its pace goes out as time goes on.
    const ticking = setInterval(() => clock.advance(20), 1);
    const text = await viewer.until(`"jobId":"${last.jobId}","status":"completed"`);
    clearInterval(ticking);
    for (const { jobId } of jobs) {
      const shown = text.slice(text.lastIndexOf(`"jobId":"${jobId}"`)).split("\n", 1)[0] ?? "";
      expect(shown).toMatch(jobId === first.jobId || jobId === last.jobId ? /"completed"/ : /"progress":3\b/);
    }
    const places = [...text.matchAll(/^id: \w+\.(\d+)$/gm)].map(([, seq]) => Number(seq));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    const second = jobs[1] ?? first;
    await report(second, { status: "completed" });
    await viewer.until(`"jobId":"${second.jobId}","status":"completed"`);
    expect(gauges.merged).toBeGreaterThan(300);
    expect(streams.count()).toBe(1);
  });

  it("is closed when more than a thousand jobs wait, and resumes without a gap", async () => {
    create({ largestBacklog: 250 });
    const viewer = watch();
    const ready = await viewer.until("event: ready");
    const after = /id: (\S+)/.exec(ready)?.[1];
    const jobs = await Promise.all(Array.from({ length: 260 }, () => storage.insert()));
    await Promise.all(jobs.map((job) => report(job, { progress: 1 })));
    expect(streams.count()).toBe(0);
    const again = watch(ANNA, { after });
    const text = await again.until("event: ready");
    for (const { jobId } of jobs) expect(text).toContain(jobId);
  });

  it("is closed rather than robbed of a followed job's lines", async () => {
    create({ largestBacklog: 50 });
    const job = await storage.insert();
    const viewer = watch(ANNA, { follow: { jobId: job.jobId, logFrom: 0 } });
    await viewer.until("event: ready");
    for (let n = 0; n < 60; n++) await report(job, { logs: [`Zeile ${n}`] });
    expect(streams.count()).toBe(0);
  });

  it("and never comes: a response nobody reads does not stay open", async () => {
    streams.respond(request());
    await storage.repository.head(ANNA.userEmail);
    await new Promise(setImmediate);
    clock.advance(12_000);
    expect(streams.count()).toBe(0);
  });
});

it("leaves no timer and no listener behind", async () => {
  const idle = clock.tasks();
  for (let n = 0; n < 20; n++) {
    const viewer = watch();
    if (n % 2 === 0) await viewer.until("event: ready");
    await viewer.leave();
  }
  expect(streams.count()).toBe(0);
  expect(streams.bytesWaiting()).toBe(0);
  clock.advance(12_000);
  expect(gauges.subscribers).toBe(0);
  expect(clock.tasks()).toBe(idle);
  streams.closeAll();
  expect(clock.tasks()).toBe(0);
  expect(errors).toEqual([]);
});

function create(
  limits: Partial<StreamLimits> = {},
  random = Math.random,
  repository = storage.repository,
): void {
  errors = [];
  gauges = createStreamGauges();
  streams?.closeAll();
  feeds?.close();
  const { bus } = storage;
  feeds = createUserFeeds({ repository, bus, clock, gauges, random });
  streams = createJobStreams({
    open: createOpenJobStream({ repository, feeds, gauges }),
    limits: { ...STREAM_LIMITS, ...limits },
    clock,
    gauges,
    onError: (error) => errors.push(error),
    random,
  });
}

function request({ userEmail } = ANNA, more: Partial<ViewerRequest> = {}): ViewerRequest {
  return { userEmail, after: undefined, follow: undefined, ...more };
}

function watch(user = ANNA, more: Partial<ViewerRequest> = {}) {
  const answer = streams.respond(request(user, more));
  const reader = answer.body?.getReader();
  const utf8 = new TextDecoder();
  let text = "";
  const next = async (): Promise<boolean> => {
    const { done = true, value } = (await reader?.read()) ?? {};
    text += utf8.decode(value, { stream: true });
    return !done;
  };
  return {
    answer,
    /** Everything so far, once it holds this text. */
    async until(part: string, beats = 0): Promise<string> {
      while (!text.includes(part) || text.split("event: heartbeat").length <= beats)
        if (!(await next())) throw new Error(`ended without ${part}: ${text}`);
      return text;
    },
    async toEnd(): Promise<string> {
      while (await next());
      return text;
    },
    leave: async () => reader?.cancel(),
  };
}

/** Seconds, one after the other, with what they bring about. */
async function passes(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    clock.advance(1_000);
    await new Promise(setImmediate);
  }
}

async function report(job: Job, body: unknown): Promise<void> {
  await storage.changeJob(job.jobId, said(body));
}
