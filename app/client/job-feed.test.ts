// Fetched when it is first needed, which may be after a test is over.
import "./decoders.ts";
import { connectJobStream } from "./connect-job-stream.ts";
import { afterEach, expect, it, vi } from "vitest";
import type { JobPage } from "#app/contract/http.ts";
import { countByStatus } from "#app/contract/job-status.ts";
import type { JobSummary } from "#app/contract/job.ts";
import {
  type Answer,
  json,
  type ScriptedServer,
  startScriptedServer,
  status,
  stream,
  type WireEvent,
} from "../../tests/e2e/support/scripted-server.ts";
import { createJobFeed, type JobFeed } from "./job-feed.ts";
import { createJobsApi } from "./jobs-api.ts";

const feeds: JobFeed[] = [];
afterEach(() => {
  for (const feed of feeds.splice(0)) feed.close();
});

it("shows the first page at once, and what the stream adds from that page's head on", async () => {
  await using server = await serve({ events: [update(job("b", 8), 8), ready(8)] });
  const feed = open(server, page([job("a", 5)], { head: "k3x.5" }));
  expect(feed.state()).toMatchObject({ jobs: [{ jobId: "a" }], connection: { state: "connecting" } });
  await eventually(() => expect(feed.state().connection.state).toBe("live"));
  expect(feed.state().jobs.map(({ jobId }) => jobId)).toEqual(["b", "a"]);
  expect(server.requests[0]?.url.searchParams.get("after")).toBe("k3x.5");
});

it("tells its subscribers of every change with a new state, and of nothing else", async () => {
  await using server = await serve({ events: [update(job("a", 5), 5), update(job("a", 6), 6), ready(6)] });
  const feed = open(server, page([job("a", 5)]));
  const states = new Set([feed.state()]);
  const listener = vi.fn<() => void>(() => void states.add(feed.state()));
  const unsubscribe = feed.subscribe(listener);
  await eventually(() => expect(feed.state().connection.state).toBe("live"));
  expect(states.size).toBe(listener.mock.calls.length + 1);
  expect(feed.state()).toBe(feed.state());
  unsubscribe();
  const calls = listener.mock.calls.length;
  await feed.loadOlder();
  expect(listener).toHaveBeenCalledTimes(calls);
});

it("counts a new job once, and an old one that moves not at all", async () => {
  const unloaded = job("old", 9, { createdAt: instant(1) });
  await using server = await serve({
    events: [
      update(job("new", 8), 8),
      update(job("new", 8), 8),
      update(job("new", 9), 9),
      update(unloaded, 10),
      ready(10),
    ],
  });
  const feed = open(server, page([job("a", 5)], { total: 40 }));
  await eventually(() => expect(feed.state().connection.state).toBe("live"));
  expect(feed.state()).toMatchObject({
    total: 41,
    jobs: [{ jobId: "old" }, { jobId: "new" }, { jobId: "a" }],
  });
});

it("takes a removed job out once, however often it is told, and does not bring it back", async () => {
  await using server = await serve({
    events: [gone("a", 8), gone("a", 8), update(job("a", 6), 9), ready(9)],
  });
  const feed = open(server, page([job("b", 6), job("a", 5)], { total: 2 }));
  await eventually(() => expect(feed.state().connection.state).toBe("live"));
  expect(feed.state()).toMatchObject({ total: 1, jobs: [{ jobId: "b" }] });
});

it("asks for the numbers where a job that was not loaded is removed or moves, once for all", async () => {
  await using server = await serve({
    events: [gone("far away", 8), update(job("old", 9, { createdAt: instant(1) }), 9), ready(9)],
    lists: [json(page([job("old", 9)], { total: 39, head: "k3x.9" }))],
  });
  const feed = open(server, page([job("a", 5)], { total: 40 }), { keepsCounts: true });
  await eventually(() => expect(feed.state()).toMatchObject({ total: 39, counts: { running: 39 } }));
  expect(server.requests.filter(({ url }) => url.pathname === "/api/external/jobs")).toHaveLength(1);
});

it("asks for no numbers where nobody looks at them", async () => {
  await using server = await serve({ events: [gone("far away", 8), ready(8)] });
  const feed = open(server, page([job("a", 5)], { total: 40 }));
  await eventually(() => expect(feed.state().connection.state).toBe("live"));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(server.requests).toHaveLength(1);
});

it("shows another filter of what it knows, and goes on to keep it true", async () => {
  await using server = await serve({
    events: [
      update(job("b", 8, { status: "failed" }), 8),
      update(job("a", 9, { status: "failed" }), 9),
      update(job("c", 10), 10),
      ready(10),
    ],
  });
  const feed = open(server, page([job("b", 6), job("a", 5)]), { keepsCounts: true });
  const failed = { status: ["failed" as const] };
  await eventually(() => expect(feed.state().connection.state).toBe("live"));
  feed.show(page([job("b", 8, { status: "failed" })], { head: "k3x.8" }), failed);
  expect(feed.state()).toMatchObject({ jobs: [{ jobId: "a" }, { jobId: "b" }] });
  feed.show(page([]), { q: "A" });
  expect(feed.state().jobs).toMatchObject([{ jobId: "a" }]);
});

it("reloads the first page after a reset", async () => {
  await using server = await serve({
    events: [{ event: "reset", id: "new.3", data: { head: "new.3" } }, ready(3, "new")],
    lists: [json(page([job("restored", 2)], { total: 7, nextCursor: "older" }))],
  });
  const feed = open(server, page([job("lost", 5)], { total: 40 }));
  await eventually(() => expect(feed.state().total).toBe(7));
  expect(feed.state()).toMatchObject({ jobs: [{ jobId: "restored" }], nextCursor: "older" });
});

it("folds in what arrives while it reloads, and counts it", async () => {
  const list = Promise.withResolvers<void>();
  await using server = await serve({
    events: [
      { event: "reset", id: "new.3", data: { head: "new.3" } },
      ready(3, "new"),
      update(job("a", 8), 4, "new"),
      update(job("new", 9), 5, "new"),
      gone("b", 6, "new"),
    ],
    lists: [
      async (response, request) => {
        await list.promise;
        json(page([job("b", 7), job("a", 5)], { total: 2 }))(response, request);
      },
    ],
  });
  const onEvent = vi.fn<() => void>();
  const feed = open(server, page([]), { onEvent });
  await eventually(() => expect(onEvent).toHaveBeenCalledTimes(5));
  list.resolve();
  await eventually(() => expect(feed.state().total).toBe(2));
  expect(feed.state().jobs).toMatchObject([
    { jobId: "new", revision: 9 },
    { jobId: "a", revision: 8 },
  ]);
});

it("reloads again until it gets an answer", async () => {
  await using server = await serve({
    events: [{ event: "reset", id: "new.3", data: { head: "new.3" } }, ready(3, "new")],
    lists: [status(503), status(500), json(page([job("a", 2)], { total: 1 }))],
  });
  const feed = open(server, page([]));
  await eventually(() => expect(feed.state().jobs).toMatchObject([{ jobId: "a" }]));
});

it("loads older pages until there are none", async () => {
  await using server = await serve({
    events: [ready(5)],
    lists: [json(page([job("b", 3), job("a", 2)], { total: 3 }))],
  });
  const feed = open(server, page([job("c", 5)], { total: 3, nextCursor: "key of c" }));
  await feed.loadOlder();
  await feed.loadOlder();
  expect(feed.state()).toMatchObject({
    jobs: [{ jobId: "c" }, { jobId: "b" }, { jobId: "a" }],
    nextCursor: null,
  });
  const lists = server.requests.filter(({ url }) => url.pathname === "/api/external/jobs");
  expect(lists.map(({ url }) => url.searchParams.get("cursor"))).toEqual(["key of c"]);
});

it("does not let an older page undo what the stream has told", async () => {
  await using server = await serve({
    events: [update(job("b", 9), 9), gone("a", 10), ready(10)],
    lists: [json(page([job("b", 3), job("a", 2)], { total: 3 }))],
  });
  const feed = open(server, page([job("c", 5)], { total: 3, nextCursor: "key of c" }));
  await eventually(() => expect(feed.state().connection.state).toBe("live"));
  await feed.loadOlder();
  expect(feed.state().jobs).toMatchObject([{ jobId: "b", revision: 9 }, { jobId: "c" }]);
});

it("rejects and changes nothing when an older page cannot be had", async () => {
  await using server = await serve({ events: [ready(5)], lists: [status(500)] });
  const feed = open(server, page([job("c", 5)], { nextCursor: "key of c" }));
  await expect(feed.loadOlder()).rejects.toMatchObject({ status: 500 });
  expect(feed.state()).toMatchObject({ jobs: [{ jobId: "c" }], nextCursor: "key of c" });
});

it("is at rest once it is closed, even in the middle of a reload", async () => {
  await using server = await serve({
    events: [{ event: "reset", id: "new.3", data: { head: "new.3" } }, ready(3, "new")],
    lists: [(response) => void setTimeout(() => response.writeHead(503).end(), 20)],
  });
  const feed = open(server, page([]));
  await eventually(() => expect(server.requests).toHaveLength(2));
  const listener = vi.fn<() => void>();
  feed.subscribe(listener);
  const calls = listener.mock.calls.length;
  feed.close();
  await eventually(() => expect(server.open()).toBe(0));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(server.requests).toHaveLength(2);
  expect(listener).toHaveBeenCalledTimes(calls);
});

/** A server with one stream that stays open, and lists one after the other. */
function serve({ events, lists = [] }: { events: WireEvent[]; lists?: Answer[] }): Promise<ScriptedServer> {
  let listed = 0;
  return startScriptedServer([
    (response, request) => {
      const isStream = request.url?.startsWith("/api/external/jobs/stream");
      const answer = isStream ? stream(events) : (lists[listed++] ?? status(500));
      answer(response, request);
    },
  ]);
}

function open(
  { url }: ScriptedServer,
  firstPage: JobPage,
  options: { onEvent?: () => void; keepsCounts?: boolean } = {},
): JobFeed {
  const feed = createJobFeed({
    connect: connectJobStream,
    firstPage,
    api: createJobsApi({ baseUrl: url }),
    random: () => 0,
    ...options,
  });
  feeds.push(feed);
  return feed;
}

function eventually(look: () => void): Promise<void> {
  return vi.waitFor(look, { timeout: 60_000, interval: 5 });
}

function page(items: JobSummary[], fields: Partial<JobPage> = {}): JobPage {
  const unloaded = (fields.total ?? items.length) - items.length;
  const counted = countByStatus(items);
  const numbers = { total: items.length, counts: { ...counted, running: counted.running + unloaded } };
  return { items, page: 1, limit: 20, ...numbers, nextCursor: null, head: "k3x.5", ...fields };
}

/** A job in its n-th revision, which it took in the n-th second; created in the first of them unless told. */
function job(jobId: string, revision: number, fields: Partial<JobSummary> = {}): JobSummary {
  return {
    jobId,
    status: "running",
    title: jobId,
    createdAt: instant(revision),
    updatedAt: instant(revision),
    revision,
    stallAfterSeconds: 300,
    cancelRequested: false,
    ...fields,
  };
}

function instant(second: number): string {
  return new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
}

function update(summary: JobSummary, seq: number, epoch = "k3x"): WireEvent {
  return { event: "job_update", id: `${epoch}.${seq}`, data: { type: "job_update", ...summary } };
}

function gone(jobId: string, seq: number, epoch = "k3x"): WireEvent {
  return { event: "job_removed", id: `${epoch}.${seq}`, data: { jobId } };
}

function ready(seq: number, epoch = "k3x"): WireEvent {
  return { event: "ready", id: `${epoch}.${seq}`, data: { head: `${epoch}.${seq}` } };
}
