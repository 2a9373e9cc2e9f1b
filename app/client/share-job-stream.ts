import { parseCursor } from "#app/contract/cursor.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import { connectJobStream, type JobStreamConnection, type JobStreamOptions } from "./connect-job-stream.ts";
import type { Connection } from "./connection.ts";
import { type Election, electLeader } from "./elect-leader.ts";
import { isBehind, positionAfter } from "./position.ts";
import { openTabChannel, type TabChannel, type TabMessage } from "./tab-channel.ts";
import { watchPage } from "./watch-page.ts";

/** A leader that has said nothing for so long is asked; one that does not answer for as long is replaced. */
const QUIET_MS = 5_000;

export type SharedStreamOptions = JobStreamOptions & { cursor: string; quietMs?: number };

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
  let tabs: { group: string; channel: TabChannel; election: Election } | undefined;
  let own: JobStreamConnection | undefined;
  let isLeading = false;
  let isOver = false;
  let patience: ReturnType<typeof setTimeout> | undefined;

  if (!canShare()) return connectJobStream(options);

  function join(): void {
    const group = groupOf(options.url, position);
    tabs = {
      group,
      channel: openTabChannel(group, hear),
      election: electLeader(group, { onElected: lead, onDeposed: stepDown }),
    };
    ask();
  }

  function leave(): void {
    clearTimeout(patience);
    tabs?.channel.close();
    tabs?.election.leave();
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
    if (message.kind === "wake") own?.wake();
    tell(position);
  }

  function follow({ from, event, connection: leading }: Extract<TabMessage, { kind: "news" }>): void {
    waitForNews();
    const hasGap = isBehind(position, from) && event?.event !== "reset";
    if (hasGap) own ??= followMyself();
    if (hasGap || (own !== undefined && leading.state !== "live")) return;
    closeOwn();
    if (event !== undefined) take(event);
    report(leading);
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
    if (tabs === undefined || tabs.group === groupOf(options.url, position)) return;
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
    tabs?.channel.post(event === undefined ? news : { ...news, event });
  }

  function ask(): void {
    tabs?.channel.post({ kind: "ask" });
    clearTimeout(patience);
    patience = setTimeout(() => tabs?.election.takeOver(), quietMs * (0.5 + random() / 2));
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
    tabs.channel.post({ kind: "wake" });
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

/** Locks are missing outside of secure contexts, both in old browsers. */
function canShare(): boolean {
  return typeof BroadcastChannel === "function" && globalThis.navigator?.locks !== undefined;
}

/** The name of lock and channel. Epochs are random per user: tabs of different users never meet, and a restored feed is another group. */
export function groupOf(url: string, position: string): string {
  const { href } = new URL(url, globalThis.location?.href);
  return `jobmon 1 ${href} ${parseCursor(position)?.epoch}`;
}
