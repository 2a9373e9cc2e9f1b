import { afterEach, expect, it, vi } from "vitest";
import type { StreamEvent } from "#app/contract/stream.ts";
import {
  type Answer,
  type ScriptedServer,
  startScriptedServer,
  status,
  type WireEvent,
} from "../../tests/e2e/support/scripted-server.ts";
import type { JobStreamConnection } from "./connect-job-stream.ts";
import type { Connection } from "./connection.ts";
import { shareJobStream } from "./share-job-stream.ts";
import { groupName } from "./tab-group.ts";

const tabs: JobStreamConnection[] = [];
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.close();
});

it("holds one connection for seven tabs, and each of them sees everything", async () => {
  await using feed = await startFeed();
  const seven = Array.from({ length: 7 }, () => openTab(feed));
  for (const tab of seven) await tab.isLive();
  expect(feed.open()).toBe(1);
  for (const jobId of ["a", "b", "c"]) feed.remove(jobId);
  for (const tab of seven) await tab.hasSeen(["a", "b", "c"]);
  expect(feed.requests).toHaveLength(1);
});

it("goes on from the last thing seen when the leader is closed", async () => {
  await using feed = await startFeed();
  const [leader, second, third] = [openTab(feed), openTab(feed), openTab(feed)];
  await third.isLive();
  feed.remove("a");
  await leader.hasSeen(["a"]);
  leader.close();
  feed.remove("b");
  await second.hasSeen(["a", "b"]);
  await third.hasSeen(["a", "b"]);
  await eventually(() => expect(feed.open()).toBe(1));
});

it("replaces a leader that does not answer", async () => {
  await using feed = await startFeed();
  const thawed = Promise.withResolvers<void>();
  const frozen = navigator.locks.request(groupOf(feed), () => thawed.promise);
  const [one, two] = [openTab(feed), openTab(feed)];
  await expect(frozen).rejects.toHaveProperty("name", "AbortError");
  feed.remove("a");
  await one.hasSeen(["a"]);
  await two.hasSeen(["a"]);
  await eventually(() => expect(feed.open()).toBe(1));
});

it("does not follow a leader that is ahead before it has seen what lies between", async () => {
  await using feed = await startFeed();
  const cursor = feed.head();
  const leader = openTab(feed);
  await leader.isLive();
  for (const jobId of ["a", "b"]) feed.remove(jobId);
  await leader.hasSeen(["a", "b"]);
  const late = openTab(feed, { cursor });
  await late.hasSeen(["a", "b"]);
  await eventually(() => expect(feed.open()).toBe(1));
  feed.remove("c");
  await late.hasSeen(["a", "b", "c"]);
});

it("misses nothing, whoever comes and goes while jobs move", async () => {
  await using feed = await startFeed();
  const cursor = feed.head();
  const jobIds = Array.from({ length: 60 }, (_, index) => `job ${index}`);
  const witness = openTab(feed, { cursor });
  let passing = openTab(feed);
  for (const [index, jobId] of jobIds.entries()) {
    feed.remove(jobId);
    if (index % 6 === 0) {
      passing.close();
      passing = openTab(feed);
    }
    if (index % 20 === 7) feed.cut();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const last = openTab(feed, { cursor });
  await witness.hasSeen(jobIds);
  await last.hasSeen(jobIds);
  await eventually(() => expect(feed.open()).toBe(1));
});

it("believes no message about what it has not seen itself", async () => {
  await using feed = await startFeed();
  const both = [openTab(feed), openTab(feed)];
  for (const tab of both) await tab.isLive();
  const connection = { state: "live" };
  for (const message of [
    { kind: "news", from: "k3x.999", event: gone("never", 1_000), connection },
    { kind: "news", from: "k3x.0", event: { event: "job_removed", data: {} }, connection },
    { kind: "news", from: 5, connection },
    { kind: "news", from: "", event: gone("never", 1_000), connection },
    { kind: "news" },
    { kind: "steal" },
    "ask",
    null,
  ]) {
    shout(groupOf(feed), message);
  }
  feed.remove("a");
  for (const tab of both) await tab.hasSeen(["a"]);
  await eventually(() => expect(feed.open()).toBe(1));
});

it("keeps users apart: another epoch is another group", async () => {
  await using feed = await startFeed();
  const mine = openTab(feed);
  await mine.isLive();
  const theirs = openTab(feed, { cursor: "other.0" });
  await theirs.isLive();
  expect(theirs.events[0]).toMatchObject({ event: "reset" });
  expect(mine.events.map(({ event }) => event)).not.toContain("reset");
});

it("moves together to the new feed after a reset", async () => {
  await using feed = await startFeed();
  const both = [openTab(feed), openTab(feed)];
  for (const tab of both) await tab.isLive();
  feed.remove("a");
  for (const tab of both) await tab.hasSeen(["a"]);
  feed.restore("new");
  for (const tab of both) await eventually(() => expect(tab.resets()).toEqual(["new.0"]));
  const fresh = openTab(feed);
  await fresh.isLive();
  feed.remove("b");
  for (const tab of both) await tab.hasSeen(["a", "b"]);
  await fresh.hasSeen(["b"]);
  await eventually(() => expect(feed.open()).toBe(1));
});

it("stops in every tab once the session has ended, each by its own word", async () => {
  await using feed = await startFeed();
  const both = [openTab(feed), openTab(feed)];
  for (const tab of both) await tab.isLive();
  feed.answerWith(status(401));
  feed.cut();
  for (const tab of both) {
    await eventually(() =>
      expect(tab.states.at(-1)).toMatchObject({ state: "offline", problem: "unauthorized" }),
    );
  }
  expect(feed.open()).toBe(0);
});

it("shows every tab how the one connection is", async () => {
  await using feed = await startFeed();
  const both = [openTab(feed), openTab(feed)];
  for (const tab of both) await tab.isLive();
  feed.beat({ degraded: true });
  for (const tab of both)
    await eventually(() => expect(tab.states.at(-1)?.laggingSince).toBeTypeOf("number"));
  feed.beat({});
  for (const tab of both)
    await eventually(() =>
      expect(tab.states.at(-1)).toEqual({ state: "live", lastEventAt: expect.any(Number) }),
    );
  feed.answerWith(status(503, { "Retry-After": "3600" }));
  feed.cut();
  for (const tab of both) {
    await eventually(() => expect(tab.states.at(-1)).toMatchObject({ state: "reconnecting" }));
    await eventually(() => expect(tab.states.at(-1)?.retryAt).toBeGreaterThan(Date.now() + 3_000_000));
    expect(tab.states.at(-1)?.lastEventAt).toBeTypeOf("number");
  }
});

it("wakes the leader from any tab", async () => {
  await using feed = await startFeed();
  const both = [openTab(feed), openTab(feed)];
  for (const tab of both) await tab.isLive();
  feed.answerWith(status(503, { "Retry-After": "3600" }));
  feed.cut();
  for (const tab of both) await eventually(() => expect(tab.states.at(-1)).toHaveProperty("retryAt"));
  feed.answerWith(undefined);
  both[1]?.wake();
  feed.remove("a");
  for (const tab of both) await tab.hasSeen(["a"]);
});

it.each(["locks", "BroadcastChannel"])("gives each tab its own stream without %s", async (missing) => {
  if (missing === "locks") vi.stubGlobal("navigator", {});
  else vi.stubGlobal("BroadcastChannel", undefined);
  await using feed = await startFeed();
  const both = [openTab(feed), openTab(feed)];
  vi.unstubAllGlobals();
  for (const tab of both) await tab.isLive();
  expect(feed.open()).toBe(2);
});

it("gives each tab its own stream where locks are refused", async () => {
  const request = (): Promise<never> => Promise.reject(new DOMException("denied", "SecurityError"));
  vi.stubGlobal("navigator", { locks: { request } });
  await using feed = await startFeed();
  const both = [openTab(feed), openTab(feed)];
  for (const tab of both) await tab.isLive();
  vi.unstubAllGlobals();
  expect(feed.open()).toBe(2);
});

type Feed = ScriptedServer & {
  head(): string;
  /** Removes a job, the change that says least, and tells whoever is connected. */
  remove(jobId: string): void;
  /** A heartbeat for whoever is connected. */
  beat(fields: { degraded?: true }): void;
  /** Ends every connection. */
  cut(): void;
  /** The feed is another from here on. */
  restore(epoch: string): void;
  answerWith(answer: Answer | undefined): void;
};

/** A feed as a server keeps it: replays what comes after a cursor, resets what it does not know, then is live. */
async function startFeed(): Promise<Feed> {
  let epoch = "k3x";
  let changes: WireEvent[] = [];
  let override: Answer | undefined;
  const viewers = new Set<Parameters<Answer>[0]>();
  const head = (): string => `${epoch}.${changes.length}`;
  const follow: Answer = (response, request) => {
    if (override !== undefined) return override(response, request);
    const after = new URL(request.url ?? "", "http://localhost").searchParams.get("after") ?? head();
    const [known, seq] = after.split(".");
    response.writeHead(200, { "Content-Type": "text/event-stream" }).flushHeaders();
    if (known !== epoch) send(response, { event: "reset", id: head(), data: { head: head() } });
    else for (const change of changes.slice(Number(seq))) send(response, change);
    send(response, { event: "ready", id: head(), data: { head: head() } });
    viewers.add(response);
    response.once("close", () => viewers.delete(response));
  };
  const server = await startScriptedServer([follow]);
  function cut(): void {
    for (const viewer of viewers) viewer.end();
  }
  return {
    ...server,
    head,
    remove(jobId) {
      const change = gone(jobId, changes.length + 1, epoch);
      changes.push(change);
      for (const viewer of viewers) send(viewer, change);
    },
    beat(fields) {
      const beat = { event: "heartbeat", data: { head: head(), ...fields } };
      for (const viewer of viewers) send(viewer, beat);
    },
    cut,
    restore(next) {
      [epoch, changes] = [next, []];
      cut();
    },
    answerWith(answer) {
      override = answer;
    },
  };
}

function send(response: Parameters<Answer>[0], { event, id, data }: WireEvent): void {
  if (!response.writableEnded)
    response.write(
      `event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`,
    );
}

function gone(jobId: string, seq: number, epoch = "k3x"): WireEvent {
  return { event: "job_removed", id: `${epoch}.${seq}`, data: { jobId } };
}

function groupOf(feed: Feed): string {
  return groupName(streamOf(feed), feed.head()) ?? "";
}

function streamOf({ url }: ScriptedServer): string {
  return `${url}/api/external/jobs/stream`;
}

/** Says something to a group that none of ours would say. */
function shout(group: string, message: unknown): void {
  const stranger = new BroadcastChannel(group);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has its origin already
  stranger.postMessage(message);
  stranger.close();
}

/** A tab that keeps what it is told. What it has seen is told without repetition: the wire is at-least-once. */
function openTab(feed: Feed, { cursor = feed.head() } = {}) {
  const events: StreamEvent[] = [];
  const states: Connection[] = [];
  const connection = shareJobStream({
    url: streamOf(feed),
    cursor,
    quietMs: 200,
    random: () => 0,
    onEvent: (event) => events.push(event),
    onConnection: (state) => states.push(state),
  });
  tabs.push(connection);
  const seen = (): string[] => [
    ...new Set(events.flatMap((event) => (event.event === "job_removed" ? [event.data.jobId] : []))),
  ];
  return {
    ...connection,
    events,
    states,
    resets: () => events.flatMap((event) => (event.event === "reset" ? [event.data.head] : [])),
    hasSeen: (jobIds: readonly string[]) => eventually(() => expect(seen()).toEqual(jobIds)),
    isLive: () => eventually(() => expect(states.at(-1)).toMatchObject({ state: "live" })),
  };
}

/** Looks again until it is as expected. */
function eventually(look: () => void): Promise<void> {
  return vi.waitFor(look, { timeout: 60_000, interval: 5 });
}
