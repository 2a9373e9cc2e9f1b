import { defined } from "#app/contract/defined.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import { type Connection, type ConnectionProblem, nextConnection } from "./connection.ts";
import { isBehind, type Position, positionAfter } from "./position.ts";
import { createRetry } from "./retry.ts";
import { createSessionRefresh, type RefreshSession } from "./session-refresh.ts";
import { type AttemptEnd, openStream, type StreamAttempt } from "./stream-attempt.ts";
import { watchPage } from "./watch-page.ts";

export type JobStreamOptions = {
  /** The stream's address without a cursor. */
  url: string;
  /** Where to resume; without it the stream begins now. */
  cursor?: string;
  fetch?: typeof fetch;
  /** Called once per 401; true when a new attempt is worth it. Without it a 401 stops the stream. */
  refreshSession?: RefreshSession;
  /** The jitter of the waiting times, in [0, 1): Math.random unless told; with 0 every retry comes at once. */
  random?: () => number;
  /** After how many milliseconds without an event a connection counts as dead: 40 s unless told. */
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
  const url = new URL(options.url, globalThis.location?.href);
  /** A stream of one job does not see the others move: there the head says nothing about what was missed. */
  const followsOneJob = url.searchParams.has("job");
  const retries = createRetry(connect, options.random);
  const session = createSessionRefresh(options.refreshSession);
  let position: Position = options.cursor;
  let attempt: StreamAttempt | undefined;
  let isOver = false;
  let connection: Connection = { state: "connecting" };
  /** Since when the server tells that what it shows may lag, over all connections. */
  let laggingSince: number | undefined;

  function report(next: Connection): void {
    if (isOver) return;
    connection = nextConnection(connection, next);
    options.onConnection?.(connection);
  }

  function connect(): void {
    disconnect();
    if (isOver) return;
    if (position !== undefined) url.searchParams.set("after", position);
    attempt = openStream({ ...options, url, onEvent: receive, onEnd: fail });
  }

  function receive(event: StreamEvent): void {
    connection = { ...connection, lastEventAt: Date.now() };
    position = positionAfter(position, event);
    options.onEvent(event);
    if (event.event === "ready") {
      retries.reset();
      session.accepted();
      live(event.data.degraded);
    } else if (event.event === "bye") retry("ended", event.data.retry);
    else if (event.event === "heartbeat" && connection.state === "live") {
      if (!followsOneJob && isBehind(position, event.data.head)) retry("silent");
      else live(event.data.degraded);
    }
  }

  function live(isDegraded = false): void {
    laggingSince = isDegraded ? (laggingSince ?? Date.now()) : undefined;
    report({ state: "live", ...defined({ laggingSince }) });
  }

  function fail({ status, problem, retryAfterMs }: AttemptEnd): void {
    if (status === 401) void refresh();
    else if (status === 403) stop("unauthorized");
    else if (status === 404) stop("not_found");
    else if (status === 204) stop("ended");
    else retry(problem, retryAfterMs);
  }

  async function refresh(): Promise<void> {
    try {
      return (await session.refresh()) ? connect() : stop("unauthorized");
    } catch {
      retry("unreachable");
    }
  }

  function retry(problem: ConnectionProblem, retryAfterMs?: number): void {
    disconnect();
    if (!isOver) report({ state: "reconnecting", problem, retryAt: retries.plan(retryAfterMs) });
  }

  function stop(problem: ConnectionProblem): void {
    report({ state: "offline", problem });
    close();
  }

  function disconnect(): void {
    retries.cancel();
    attempt?.close();
    attempt = undefined;
  }

  function wake(): void {
    if (isOver || session.isRunning() || attempt?.isQuiet() === false) return;
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
  const stopWatching = watchPage({ wake, rest: disconnect }, options);
  return { wake, close };
}
