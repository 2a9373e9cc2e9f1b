import { type ErrorEvent, EventSource } from "eventsource";
import { parseCursor } from "#app/contract/cursor.ts";
import { decodeStreamEvent, type StreamEvent, streamEvents } from "#app/contract/stream.ts";
import { backoffMs, type Connection, type ConnectionProblem } from "./connection.ts";

/** Two missed heartbeats and a margin (design of the live delivery: heartbeat). */
const SILENCE_MS = 40_000;

export type JobStreamOptions = {
  /** The stream's address without a cursor. */
  url: string;
  /** Where to resume; without it the stream begins now. */
  cursor?: string;
  fetch?: typeof fetch;
  /** Called once per 401; true when a new attempt is worth it. Without it a 401 stops the stream. */
  refreshSession?: () => Promise<boolean>;
  /** The jitter of the waiting times, in [0, 1): Math.random unless told; with 0 every retry comes at once. */
  random?: () => number;
  /** After how many milliseconds without an event a connection counts as dead. */
  silenceMs?: number;
  onEvent: (event: StreamEvent) => void;
  onConnection?: (connection: Connection) => void;
};

export type JobStreamConnection = {
  /** Something happened that makes another look worthwhile: the tab is visible again, the network is back. */
  wake(): void;
  close(): void;
};

/**
 * Follows the stream until it is closed: every event in order, each at least once, over any number of disconnects.
 * A new EventSource per attempt, because the native one gives up after a 502 (delivery: trap 6).
 */
export function connectJobStream(options: JobStreamOptions): JobStreamConnection {
  const { random = Math.random, silenceMs = SILENCE_MS } = options;
  let { cursor } = options;
  let source: EventSource | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let retryAfterMs = 0;
  let hasRefreshed = false;
  let isClosed = false;
  let connection: Connection = { state: "connecting" };
  /** A stream of one job does not see the others move: there the head says nothing about what was missed. */
  const followsOneJob = new URL(options.url, globalThis.location?.href).searchParams.has("job");

  function report(next: Connection): void {
    if (isClosed) return;
    connection =
      connection.lastEventAt === undefined ? next : { lastEventAt: connection.lastEventAt, ...next };
    options.onConnection?.(connection);
  }

  function connect(): void {
    if (isClosed) return;
    retryAfterMs = 0;
    const url = new URL(options.url, globalThis.location?.href);
    if (cursor !== undefined) url.searchParams.set("after", cursor);
    source = new EventSource(url, { fetch: observedFetch });
    for (const name of Object.keys(streamEvents)) source.addEventListener(name, receive);
    source.addEventListener("error", fail);
    watchSilence();
  }

  async function observedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const response = await (options.fetch ?? fetch)(input, init);
    retryAfterMs = Number(response.headers.get("Retry-After") ?? 0) * 1000 || 0;
    return response;
  }

  function receive({ type, data, lastEventId }: MessageEvent<string>): void {
    watchSilence();
    let event: StreamEvent | undefined;
    try {
      event = decodeStreamEvent(type, data, lastEventId);
    } catch {
      return retry("malformed");
    }
    if (event === undefined) return;
    connection = { ...connection, lastEventAt: Date.now() };
    if (event.event === "job_update" || event.event === "job_removed") cursor = event.id ?? cursor;
    else if (event.event === "ready" || event.event === "reset") cursor = event.data.head;
    options.onEvent(event);
    if (event.event === "ready") {
      attempt = 0;
      hasRefreshed = false;
      report({ state: "live" });
    } else if (event.event === "bye") {
      retryAfterMs = event.data.retry;
      retry("ended");
    } else if (event.event === "heartbeat" && !followsOneJob && isBehind(cursor, event.data.head)) {
      retry("silent");
    } else if (event.event === "heartbeat" && connection.state === "live") {
      report({ state: "live" });
    }
  }

  function fail({ code }: ErrorEvent): void {
    if (code === 401 && options.refreshSession !== undefined && !hasRefreshed) {
      hasRefreshed = true;
      disconnect();
      void options.refreshSession().then(
        (ok) => (ok ? connect() : stop("unauthorized")),
        () => stop("unauthorized"),
      );
    } else if (code === 401 || code === 403) stop("unauthorized");
    else if (code === 404) stop("not_found");
    else if (code === 204) stop("ended");
    else retry("unreachable");
  }

  function retry(problem: ConnectionProblem): void {
    disconnect();
    const wait = backoffMs(attempt++, random(), retryAfterMs);
    retryTimer = setTimeout(connect, wait);
    report({ state: "reconnecting", problem, retryAt: Date.now() + wait });
  }

  function stop(problem: ConnectionProblem): void {
    disconnect();
    report({ state: "offline", problem });
  }

  function watchSilence(): void {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(() => retry("silent"), silenceMs);
  }

  function disconnect(): void {
    clearTimeout(retryTimer);
    clearTimeout(silenceTimer);
    source?.close();
    source = undefined;
  }
  report(connection);
  connect();
  return {
    wake() {
      const isQuiet = Date.now() - (connection.lastEventAt ?? 0) > silenceMs / 2;
      if (connection.state === "live" ? !isQuiet : connection.state !== "reconnecting") return;
      disconnect();
      report({ state: "reconnecting" });
      connect();
    },
    close() {
      isClosed = true;
      disconnect();
    },
  };
}

/** A heartbeat ahead of what was seen means that something was lost on the way. */
function isBehind(cursor: string | undefined, head: string): boolean {
  const [seen, newest] = [parseCursor(cursor ?? ""), parseCursor(head)];
  if (seen === undefined || newest === undefined) return false;
  return seen.epoch !== newest.epoch || newest.seq > seen.seq;
}
