import type { StreamEvent } from "#app/contract/stream.ts";
import { connectJobStream, type JobStreamConnection, type JobStreamOptions } from "./connect-job-stream.ts";
import { type Connection, nextConnection } from "./connection.ts";
import { isBehind, positionAfter } from "./position.ts";
import { groupName, joinGroup, type News, type TabGroup } from "./tab-group.ts";
import { watchPage } from "./watch-page.ts";

type SharedStreamOptions = JobStreamOptions & { cursor: string; quietMs?: number };

/**
 * `connectJobStream` for a page that may be open in several tabs: one connection for all, the same promise in each. The
 * leader tells with every event where in the feed it stood before; a tab takes it only if it had got that far itself,
 * else it follows a stream of its own until the two have met. So nobody needs to be trusted to have told everything:
 * late, frozen, replaced or several leaders cannot make a gap (docs/decisions/0008). Where the browser cannot share,
 * each tab has its own stream.
 */
export function shareJobStream(options: SharedStreamOptions): JobStreamConnection {
  const { url, quietMs, random } = options;
  let position = options.cursor;
  let connection: Connection = { state: "connecting" };
  let tabs: TabGroup | undefined;
  let own: JobStreamConnection | undefined;
  let isOver = false;

  const firstGroup = groupName(url, position);
  if (firstGroup === undefined) return connectJobStream(options);
  let name = firstGroup;

  function join(): void {
    if (isOver || tabs !== undefined) return;
    const callbacks = { onElected: lead, onDeposed: stepDown, onAsked: answer, onNews: follow };
    tabs = joinGroup({ name, quietMs, random, ...callbacks });
    tabs.ask();
  }

  function leave(): void {
    tabs?.leave();
    tabs = undefined;
    closeOwn();
  }

  function lead(): void {
    own ??= followMyself();
    tabs?.tell(position, connection);
  }

  function stepDown(): void {
    closeOwn();
    tabs?.ask();
  }

  function answer(wanted: "news" | "wake"): void {
    // The timers of a hidden tab are late; a message from another is not.
    const isOverdue = (connection.retryAt ?? Infinity) < Date.now();
    if (wanted === "wake" || isOverdue) own?.wake();
    tabs?.tell(position, connection);
  }

  function follow({ from, event, connection: leading }: News): void {
    const hasGap = isBehind(position, from) && event?.event !== "reset";
    if (hasGap) own ??= followMyself();
    if (hasGap || (own !== undefined && leading.state !== "live")) return;
    closeOwn();
    if (event !== undefined) take(event);
    if (event === undefined || leading.state !== connection.state) report(leading);
  }

  function followMyself(): JobStreamConnection {
    return connectJobStream({ ...options, cursor: position, onEvent: take, onConnection: report });
  }

  function closeOwn(): void {
    own?.close();
    own = undefined;
  }

  function take(event: StreamEvent): void {
    const from = position;
    position = positionAfter(position, event) ?? position;
    tabs?.tell(from, connection, event);
    options.onEvent(event);
    if (event.event === "ready" && own !== undefined) tabs?.ask();
    if (event.event === "reset") move();
  }

  /** After a reset the feed may be another one; so is the group then. */
  function move(): void {
    const next = groupName(url, position);
    if (isOver || next === undefined || next === name) return;
    name = next;
    leave();
    join();
  }

  function report(next: Connection): void {
    if (isOver) return;
    connection = nextConnection(connection, next);
    if (next.state !== "offline") tabs?.tell(position, connection);
    options.onConnection?.(connection);
    if (next.state === "offline") close();
  }

  function wake(): void {
    if (isOver) return;
    if (tabs === undefined) return join();
    own?.wake();
    tabs.wake();
  }

  function close(): void {
    isOver = true;
    stopWatching();
    leave();
  }

  report(connection);
  // In a task of its own: this one is that of whoever renders a page.
  setTimeout(join);
  const stopWatching = watchPage({ wake, rest: leave });
  return { wake, close };
}
