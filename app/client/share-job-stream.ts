import type { StreamEvent } from "#app/contract/stream.ts";
import { connectJobStream, type JobStreamConnection, type JobStreamOptions } from "./connect-job-stream.ts";
import type { Connection } from "./connection.ts";
import { isBehind, positionAfter } from "./position.ts";
import type { TabMessage } from "./tab-channel.ts";
import { groupName, joinGroup, type TabGroup } from "./tab-group.ts";
import { watchPage } from "./watch-page.ts";

/** A leader that has said nothing for so long is asked; one that does not answer for as long is replaced. */
const QUIET_MS = 5_000;

type SharedStreamOptions = JobStreamOptions & { cursor: string; quietMs?: number };

/**
 * `connectJobStream` for a page that may be open in several tabs: one connection for all of them, the same promise in
 * each. The leader follows the stream and tells the others, with every event, where in the feed it stood before. A tab
 * takes what it is told only if it had got that far itself; otherwise it follows a stream of its own until the two have
 * met. So nobody needs to be trusted to have told everything: late, frozen, replaced or several leaders cannot make a
 * gap (docs/decisions/0008). Where the browser cannot share, each tab has its own stream.
 */
export function shareJobStream(options: SharedStreamOptions): JobStreamConnection {
  const { quietMs = QUIET_MS, random = Math.random } = options;
  let position = options.cursor;
  let connection: Connection = { state: "connecting" };
  let tabs: TabGroup | undefined;
  let own: JobStreamConnection | undefined;
  let isLeading = false;
  let isOver = false;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const firstGroup = groupName(options.url, position);
  if (firstGroup === undefined) return connectJobStream(options);
  let group = firstGroup;

  function join(): void {
    tabs = joinGroup(group, { onMessage: hear, onElected: lead, onDeposed: stepDown });
    ask();
  }

  function leave(): void {
    clearTimeout(patience);
    tabs?.leave();
    tabs = undefined;
    isLeading = false;
    closeOwn();
  }

  function lead(): void {
    clearTimeout(patience);
    isLeading = true;
    own ??= followMyself();
    tell(position);
  }

  function stepDown(): void {
    isLeading = false;
    closeOwn();
    ask();
  }

  function hear(message: TabMessage): void {
    if (message.kind === "news" && !isLeading) follow(message);
    if (message.kind === "news" || !isLeading) return;
    // The timers of a hidden tab are late; a message from another is not.
    const isOverdue = (connection.retryAt ?? Infinity) < Date.now();
    if (message.kind === "wake" || isOverdue) own?.wake();
    tell(position);
  }

  function follow({ from, event, connection: leading }: Extract<TabMessage, { kind: "news" }>): void {
    waitForNews();
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
    if (isLeading) tell(from, event);
    options.onEvent(event);
    if (event.event === "ready" && own !== undefined && !isLeading) ask();
    if (event.event === "reset") move();
  }

  /** After a reset the feed may be another one; so is the group then. */
  function move(): void {
    const next = groupName(options.url, position);
    if (isOver || next === undefined || next === group) return;
    group = next;
    leave();
    join();
  }

  function report(next: Connection): void {
    if (isOver) return;
    const { lastEventAt } = connection;
    connection = lastEventAt === undefined ? next : { lastEventAt, ...next };
    if (isLeading && next.state !== "offline") tell(position);
    options.onConnection?.(connection);
    if (next.state === "offline") close();
  }

  function tell(from: string, event?: StreamEvent): void {
    const news = { kind: "news", from, connection } as const;
    tabs?.post(event === undefined ? news : { ...news, event });
  }

  function ask(): void {
    tabs?.post({ kind: "ask" });
    clearTimeout(patience);
    patience = setTimeout(() => tabs?.takeOver(), quietMs * (0.5 + random() / 2));
  }

  function waitForNews(): void {
    clearTimeout(patience);
    patience = setTimeout(ask, quietMs);
  }

  function wake(): void {
    if (isOver) return;
    if (tabs === undefined) return join();
    own?.wake();
    if (isLeading) return;
    tabs.post({ kind: "wake" });
    ask();
  }

  function close(): void {
    isOver = true;
    stopWatching();
    leave();
  }

  report(connection);
  join();
  const stopWatching = watchPage({ wake, rest: leave });
  return { wake, close };
}
