import type { StreamEvent } from "#app/contract/stream.ts";
import { backoffMs, type Connection, type ConnectionProblem } from "./connection.ts";
import { isBehind, type Position, positionAfter } from "./position.ts";
import { type AttemptEnd, openStream, type StreamAttempt } from "./stream-attempt.ts";
import { watchPage } from "./watch-page.ts";

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
  /** Holds no connection while the browser shows another tab. */
  restsWhileHidden?: boolean;
  onEvent: (event: StreamEvent) => void;
  onConnection?: (connection: Connection) => void;
};

export type JobStreamConnection = {
  /** Something happened that makes another look worthwhile; the page's own wake-ups are heard without being told. */
  wake(): void;
  close(): void;
};

/**
 * Follows the stream until it is closed: every event in order, each at least once, over any number of disconnects.
 * Stops for good only on 401, 403, 404 and 204; everything else is tried again for ever.
 */
export function connectJobStream(options: JobStreamOptions): JobStreamConnection {
  const { random = Math.random, silenceMs = SILENCE_MS, restsWhileHidden = false } = options;
  const url = new URL(options.url, globalThis.location?.href);
  /** A stream of one job does not see the others move: there the head says nothing about what was missed. */
  const followsOneJob = url.searchParams.has("job");
  let position: Position = options.cursor;
  let attempt: StreamAttempt | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let hasRefreshed = false;
  let isRefreshing = false;
  let isOver = false;
  let connection: Connection = { state: "connecting" };

  function report(next: Connection): void {
    if (isOver) return;
    connection =
      connection.lastEventAt === undefined ? next : { lastEventAt: connection.lastEventAt, ...next };
    options.onConnection?.(connection);
  }

  function connect(): void {
    disconnect();
    if (isOver) return;
    if (position !== undefined) url.searchParams.set("after", position);
    attempt = openStream({ url, fetch: options.fetch ?? fetch, silenceMs, onEvent: receive, onEnd: fail });
  }

  function receive(event: StreamEvent): void {
    connection = { ...connection, lastEventAt: Date.now() };
    position = positionAfter(position, event);
    options.onEvent(event);
    if (event.event === "ready") {
      failures = 0;
      hasRefreshed = false;
      report({ state: "live" });
    } else if (event.event === "bye") {
      retry("ended", event.data.retry);
    } else if (event.event === "heartbeat" && connection.state === "live") {
      if (!followsOneJob && isBehind(position, event.data.head)) retry("silent");
      else report({ state: "live" });
    }
  }

  function fail({ status, problem, retryAfterMs }: AttemptEnd): void {
    if (status === 401 && options.refreshSession !== undefined && !hasRefreshed) {
      hasRefreshed = true;
      void refresh(options.refreshSession);
    } else if (status === 401 || status === 403) stop("unauthorized");
    else if (status === 404) stop("not_found");
    else if (status === 204) stop("ended");
    else retry(problem, retryAfterMs);
  }

  async function refresh(refreshSession: () => Promise<boolean>): Promise<void> {
    isRefreshing = true;
    const isRefreshed = await refreshSession().catch(() => false);
    isRefreshing = false;
    if (isRefreshed) connect();
    else stop("unauthorized");
  }

  function retry(problem: ConnectionProblem, floorMs = 0): void {
    disconnect();
    if (isOver) return;
    const wait = backoffMs(failures++, random(), floorMs);
    retryTimer = setTimeout(connect, wait);
    report({ state: "reconnecting", problem, retryAt: Date.now() + wait });
  }

  function stop(problem: ConnectionProblem): void {
    report({ state: "offline", problem });
    close();
  }

  function disconnect(): void {
    clearTimeout(retryTimer);
    attempt?.close();
    attempt = undefined;
  }

  function wake(): void {
    if (isOver || isRefreshing || attempt?.isQuiet() === false) return;
    report({ state: "reconnecting" });
    connect();
  }

  function close(): void {
    isOver = true;
    stopWatching();
    disconnect();
  }

  report(connection);
  connect();
  const stopWatching = watchPage({ wake, rest: disconnect }, { restsWhileHidden });
  return { wake, close };
}
