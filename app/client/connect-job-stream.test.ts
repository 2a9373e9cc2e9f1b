import { afterEach, expect, it, vi } from "vitest";
import type { StreamEvent } from "#app/contract/stream.ts";
import { type Answer, startScriptedServer, status, stream } from "../../tests/e2e/support/scripted-server.ts";
import { connectJobStream, type JobStreamConnection, type JobStreamOptions } from "./connect-job-stream.ts";
import type { Connection } from "./connection.ts";

const connections: JobStreamConnection[] = [];
afterEach(() => {
  for (const connection of connections.splice(0)) connection.close();
});

it("is connecting, then live, and passes every event on in order", async () => {
  await using server = await startScriptedServer([stream([removed("a", 6), removed("b", 7), ready(7)])]);
  const viewer = watch(server.url);
  await viewer.until("live");
  expect(viewer.states.map(({ state }) => state)).toEqual(["connecting", "live"]);
  expect(viewer.events).toEqual([
    { event: "job_removed", data: { jobId: "a" }, id: "k3x.6" },
    { event: "job_removed", data: { jobId: "b" }, id: "k3x.7" },
    { event: "ready", data: { head: "k3x.7" }, id: "k3x.7" },
  ]);
});

it("calls a given fetch by its bare name, as a browser's own wants to be called", async () => {
  await using server = await startScriptedServer([stream([ready(7)])]);
  let isBare = false;
  function ownFetch(this: unknown, ...request: Parameters<typeof fetch>): Promise<Response> {
    isBare = this === undefined;
    return fetch(...request);
  }
  await watch(server.url, { fetch: ownFetch }).until("live");
  expect(isBare).toBe(true);
});

it("asks for what comes after its cursor, and for nothing when it has none", async () => {
  await using server = await startScriptedServer([stream([ready(7)])]);
  await watch(server.url, { cursor: "k3x.5" }).until("live");
  await watch(server.url).until("live");
  expect(server.requests.map(({ url }) => url.searchParams.get("after"))).toEqual(["k3x.5", null]);
});

it.each([500, 502, 503])("survives an answer %i, which ends a plain EventSource", async (code) => {
  await using server = await startScriptedServer([status(code), stream([ready(7)])]);
  const viewer = watch(server.url);
  await viewer.until("live");
  expect(viewer.states).toMatchObject([
    { state: "connecting" },
    { state: "reconnecting", problem: "unreachable" },
    { state: "live" },
  ]);
});

it("survives an answer that is no event stream", async () => {
  const page: Answer = (response) =>
    void response.writeHead(200, { "Content-Type": "text/html" }).end("<p>sign in</p>");
  await using server = await startScriptedServer([page, stream([ready(7)])]);
  expect(await watch(server.url).until("live")).not.toHaveProperty("problem");
});

it("keeps trying while nobody listens", async () => {
  const gone = await startScriptedServer([status(500)]);
  await gone[Symbol.asyncDispose]();
  const viewer = watch(gone.url);
  await viewer.until("reconnecting");
  await using _ = await startScriptedServer([stream([ready(7)])], gone.port);
  expect(await viewer.until("live")).not.toHaveProperty("problem");
});

it("resumes from the last event it got, over any number of ends", async () => {
  await using server = await startScriptedServer([
    stream([ready(3), removed("a", 4)], { thenEnd: true }),
    stream([removed("b", 5)], { thenEnd: true }),
    status(502),
    stream([ready(5)]),
  ]);
  const viewer = watch(server.url, { cursor: "k3x.1" });
  await eventually(() => expect(viewer.states.filter(({ state }) => state === "live")).toHaveLength(2));
  const cursors = server.requests.map(({ url }) => url.searchParams.get("after"));
  expect(cursors).toEqual(["k3x.1", "k3x.4", "k3x.5", "k3x.5"]);
  expect(viewer.events.filter(({ event }) => event === "job_removed")).toHaveLength(2);
});

it("resumes after an end in the middle of an event from the one before it", async () => {
  const torn: Answer = (response) => {
    stream([removed("a", 4)])(response, response.req);
    response.end('event: job_removed\nid: k3x.9\ndata: {"jobI');
  };
  await using server = await startScriptedServer([torn, stream([ready(9)])]);
  const viewer = watch(server.url, { cursor: "k3x.1" });
  await viewer.until("live");
  expect(server.requests[1]?.url.searchParams.get("after")).toBe("k3x.4");
});

it("takes the new feed's head after a reset", async () => {
  const reset = { event: "reset", id: "new.0", data: { head: "new.0" } };
  await using server = await startScriptedServer([stream([reset], { thenEnd: true }), stream([])]);
  const viewer = watch(server.url, { cursor: "old.99" });
  await eventually(() => expect(server.requests).toHaveLength(2));
  expect(viewer.events).toMatchObject([{ event: "reset" }]);
  expect(server.requests[1]?.url.searchParams.get("after")).toBe("new.0");
});

it("comes back after a bye, not before the time that was asked for", async () => {
  await using server = await startScriptedServer([
    stream([ready(7), { event: "bye", data: { retry: 60_000 } }]),
  ]);
  const viewer = watch(server.url);
  const before = Date.now();
  const { problem, retryAt } = await viewer.until("reconnecting");
  expect(problem).toBe("ended");
  expect(retryAt).toBeGreaterThanOrEqual(before + 60_000);
  await eventually(() => expect(server.open()).toBe(0));
});

it("takes Retry-After for a floor", async () => {
  await using server = await startScriptedServer([status(503, { "Retry-After": "120" })]);
  const viewer = watch(server.url);
  const before = Date.now();
  const { retryAt } = await viewer.until("reconnecting");
  expect(retryAt).toBeGreaterThanOrEqual(before + 120_000);
});

it("takes a Retry-After that is a date for a floor", async () => {
  const inTwoMinutes = new Date(Date.now() + 121_000).toUTCString();
  await using server = await startScriptedServer([status(429, { "Retry-After": inTwoMinutes })]);
  const before = Date.now();
  const { retryAt } = await watch(server.url).until("reconnecting");
  expect(retryAt).toBeGreaterThanOrEqual(before + 110_000);
});

it("waits for the end of a replay, however far ahead a heartbeat is meanwhile", async () => {
  await using server = await startScriptedServer([stream([removed("a", 4), heartbeat(9), ready(9)])]);
  await watch(server.url, { cursor: "k3x.1" }).until("live");
  expect(server.requests).toHaveLength(1);
});

it("does not give up an attempt under way when it is woken again and again", async () => {
  await using server = await startScriptedServer([() => {}]);
  const viewer = watch(server.url);
  await eventually(() => expect(server.requests).toHaveLength(1));
  for (let i = 0; i < 3; i++) viewer.connection.wake();
  await nextTurns();
  expect(server.requests).toHaveLength(1);
});

it("forgets a Retry-After with the next answer", async () => {
  await using server = await startScriptedServer([
    status(503, { "Retry-After": "0.01" }),
    status(503),
    stream([]),
  ]);
  watch(server.url);
  await eventually(() => expect(server.requests).toHaveLength(3));
});

it("refreshes the session once on 401 and goes on", async () => {
  await using server = await startScriptedServer([status(401), stream([ready(7)])]);
  const refreshSession = vi.fn<() => Promise<boolean>>(() => Promise.resolve(true));
  await watch(server.url, { refreshSession }).until("live");
  expect(refreshSession).toHaveBeenCalledTimes(1);
});

it("refreshes again when a session ends after it was live", async () => {
  await using server = await startScriptedServer([
    status(401),
    stream([ready(7)], { thenEnd: true }),
    status(401),
    stream([ready(7)]),
  ]);
  const refreshSession = vi.fn<() => Promise<boolean>>(() => Promise.resolve(true));
  watch(server.url, { refreshSession });
  await eventually(() => expect(server.requests).toHaveLength(4));
  expect(refreshSession).toHaveBeenCalledTimes(2);
});

it.each<[string, JobStreamOptions["refreshSession"], number]>([
  ["there is nothing to refresh", undefined, 1],
  ["the refresh says no", () => Promise.resolve(false), 1],
  ["the refreshed session is refused too", () => Promise.resolve(true), 2],
])("stops on 401 when %s, and says so", async (_, refreshSession, requests) => {
  await using server = await startScriptedServer([status(401)]);
  const viewer = watch(server.url, refreshSession === undefined ? {} : { refreshSession });
  expect(await viewer.until("offline")).toMatchObject({ problem: "unauthorized" });
  expect(server.requests).toHaveLength(requests);
});

it("tries again where nobody can tell whether the session is still good", async () => {
  await using server = await startScriptedServer([status(401), status(401), stream([ready(7)])]);
  const refreshSession = vi
    .fn<() => Promise<boolean>>()
    .mockRejectedValueOnce(new Error("no network"))
    .mockResolvedValueOnce(true);
  const viewer = watch(server.url, { refreshSession });
  expect(await viewer.until("reconnecting")).toMatchObject({ problem: "unreachable" });
  await viewer.until("live");
  expect(refreshSession).toHaveBeenCalledTimes(2);
});

it.each([
  [403, "unauthorized"],
  [404, "not_found"],
  [204, "ended"],
])("stops for good on %i: %s", async (code, problem) => {
  await using server = await startScriptedServer([status(code)]);
  const viewer = watch(server.url);
  expect(await viewer.until("offline")).toMatchObject({ problem });
  viewer.connection.wake();
  expect(server.requests).toHaveLength(1);
});

it("reconnects when a heartbeat is ahead of what it has seen", async () => {
  await using server = await startScriptedServer([
    stream([ready(7), heartbeat(9)]),
    stream([removed("b", 9), ready(9), heartbeat(9)]),
  ]);
  const viewer = watch(server.url);
  await eventually(() =>
    expect(viewer.events.at(-1)).toMatchObject({ event: "heartbeat", data: { head: "k3x.9" } }),
  );
  await eventually(() => expect(viewer.events.filter(({ event }) => event === "heartbeat")).toHaveLength(2));
  expect(server.requests.map(({ url }) => url.searchParams.get("after"))).toEqual([null, "k3x.7"]);
  expect(viewer.states.at(-1)).toMatchObject({ state: "live" });
});

it("tells since when the server has not known of everything, until it does again", async () => {
  await using server = await startScriptedServer([
    stream([ready(7), heartbeat(7, true), heartbeat(7, true), heartbeat(7)]),
  ]);
  const viewer = watch(server.url);
  await eventually(() => expect(viewer.states).toHaveLength(5));
  const since = viewer.states.map(({ state, laggingSince }) => [state, typeof laggingSince]);
  expect(since).toEqual([
    ["connecting", "undefined"],
    ["live", "undefined"],
    ["live", "number"],
    ["live", "number"],
    ["live", "undefined"],
  ]);
  expect(viewer.states[3]?.laggingSince).toBe(viewer.states[2]?.laggingSince);
});

it("is told with the seam of a new connection that the server still lags, since when it did", async () => {
  const lagging = (seq: number) => ({ ...ready(seq), data: { head: `k3x.${seq}`, degraded: true } });
  await using server = await startScriptedServer([
    stream([ready(7), heartbeat(7, true)], { thenEnd: true }),
    stream([lagging(7)], { thenEnd: true }),
    stream([ready(7)]),
  ]);
  const viewer = watch(server.url);
  const live = () => viewer.states.filter(({ state }) => state === "live");
  await eventually(() => expect(live()).toHaveLength(4));
  const [first, beaten, again, last] = live().map(({ laggingSince }) => laggingSince);
  expect([first, last]).toEqual([undefined, undefined]);
  expect(again).toBe(beaten);
  expect(again).toBeTypeOf("number");
});

it("is not live before the replay is over, whatever beats meanwhile", async () => {
  await using server = await startScriptedServer([stream([removed("a", 4), heartbeat(4)])]);
  const viewer = watch(server.url, { cursor: "k3x.1" });
  await eventually(() => expect(viewer.events).toHaveLength(2));
  expect(viewer.states.map(({ state }) => state)).not.toContain("live");
});

it.each([
  ["no JSON", "{"],
  ["the wrong shape", { jobId: 5 }],
])("reconnects from where it was after an event with %s", async (_, data) => {
  await using server = await startScriptedServer([
    stream([ready(7), { event: "job_removed", id: "k3x.8", data }]),
    stream([ready(8)]),
  ]);
  const viewer = watch(server.url);
  await eventually(() => expect(server.requests).toHaveLength(2));
  expect(viewer.states).toContainEqual(expect.objectContaining({ problem: "malformed" }));
  expect(server.requests[1]?.url.searchParams.get("after")).toBe("k3x.7");
});

it("passes over events it does not know", async () => {
  await using server = await startScriptedServer([stream([{ event: "job_moved", data: "{}" }, ready(7)])]);
  const viewer = watch(server.url);
  await viewer.until("live");
  expect(viewer.events).toHaveLength(1);
});

it("takes a connection that has gone silent for dead", async () => {
  await using server = await startScriptedServer([stream([ready(7)]), stream([])]);
  const viewer = watch(server.url, { silenceMs: 20 });
  expect(await viewer.until("reconnecting")).toMatchObject({ problem: "silent" });
});

it("takes a server that accepts and never answers for dead", async () => {
  await using server = await startScriptedServer([() => {}, stream([ready(7)])]);
  const viewer = watch(server.url, { silenceMs: 100 });
  await viewer.until("live");
  expect(server.requests.length).toBeGreaterThan(1);
});

it("tries at once when it is woken while it waits", async () => {
  await using server = await startScriptedServer([
    status(503, { "Retry-After": "3600" }),
    stream([ready(7)]),
  ]);
  const viewer = watch(server.url);
  await viewer.until("reconnecting");
  viewer.connection.wake();
  expect(await viewer.until("live")).not.toHaveProperty("retryAt");
});

it("leaves a lively connection alone when it is woken", async () => {
  await using server = await startScriptedServer([stream([ready(7)])]);
  const viewer = watch(server.url);
  await viewer.until("live");
  viewer.connection.wake();
  expect(viewer.states.at(-1)).toMatchObject({ state: "live" });
  expect(server.open()).toBe(1);
});

it("tells when something last arrived, also while it is away", async () => {
  await using server = await startScriptedServer([
    stream([ready(7)], { thenEnd: true }),
    status(503, { "Retry-After": "60" }),
  ]);
  const viewer = watch(server.url);
  const before = Date.now();
  await eventually(() => expect(server.requests).toHaveLength(2));
  expect((await viewer.until("reconnecting")).lastEventAt).toBeGreaterThanOrEqual(before);
});

it("hangs up when it is closed, and stays away", async () => {
  await using server = await startScriptedServer([stream([ready(7)])]);
  const viewer = watch(server.url);
  await viewer.until("live");
  viewer.connection.close();
  await eventually(() => expect(server.open()).toBe(0));
  viewer.connection.wake();
  expect(server.requests).toHaveLength(1);
});

it("stays away when it is closed while it waits, and cannot be woken", async () => {
  await using server = await startScriptedServer([
    status(503, { "Retry-After": "3600" }),
    stream([ready(7)]),
  ]);
  const viewer = watch(server.url);
  await viewer.until("reconnecting");
  viewer.connection.close();
  viewer.connection.wake();
  await nextTurns();
  expect(server.requests).toHaveLength(1);
});

it("stays away when it is closed while the session is refreshed", async () => {
  await using server = await startScriptedServer([status(401), stream([ready(7)])]);
  const refreshed = Promise.withResolvers<boolean>();
  const refreshSession = vi.fn<() => Promise<boolean>>(() => refreshed.promise);
  const viewer = watch(server.url, { refreshSession });
  await eventually(() => expect(refreshSession).toHaveBeenCalled());
  viewer.connection.close();
  refreshed.resolve(true);
  await nextTurns();
  expect(server.requests).toHaveLength(1);
});

/** Looks again until it is as expected. */
function eventually<T>(look: () => T): Promise<T> {
  return vi.waitFor(look, { timeout: 60_000, interval: 5 });
}

function ready(seq: number) {
  return { event: "ready", id: `k3x.${seq}`, data: { head: `k3x.${seq}` } };
}

function heartbeat(seq: number, degraded?: true) {
  return { event: "heartbeat", data: { head: `k3x.${seq}`, degraded } };
}

function removed(jobId: string, seq: number) {
  return { event: "job_removed", id: `k3x.${seq}`, data: { jobId } };
}

/** Follows the stream of a server without waiting between the attempts, and keeps what it is told. */
function watch(url: string, options: Partial<JobStreamOptions> = {}) {
  const events: StreamEvent[] = [];
  const states: Connection[] = [];
  const connection = connectJobStream({
    url: `${url}/api/external/jobs/stream`,
    random: () => 0,
    onEvent: (event) => events.push(event),
    onConnection: (state) => states.push(state),
    ...options,
  });
  connections.push(connection);
  async function until(state: Connection["state"]): Promise<Connection> {
    return eventually(() => {
      const found = states.findLast((seen) => seen.state === state);
      if (found === undefined) throw new Error(`not ${state}: ${JSON.stringify(states)}`);
      return found;
    });
  }
  return { events, states, connection, until };
}

/** Long enough for a request that was already on its way to arrive on this machine's own address. */
async function nextTurns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
}
