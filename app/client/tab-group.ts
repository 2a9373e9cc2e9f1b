import { parseCursor } from "#app/contract/cursor.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import type { Connection } from "./connection.ts";
import { electLeader } from "./elect-leader.ts";
import { openTabChannel, type TabMessage } from "./tab-channel.ts";

/** A leader that has said nothing for so long is asked; one that does not answer for as long is replaced. */
const QUIET_MS = 5_000;

export type News = Extract<TabMessage, { kind: "news" }>;

export type TabGroup = {
  /** The leader's news for the others: where it stood, how it is connected, what came. Nothing when another leads. */
  tell(from: string, connection: Connection, event?: StreamEvent): void;
  /** Wants to hear from the leader at once, and replaces it if it stays silent; nothing when this tab leads. */
  ask(): void;
  /** The same, and the leader is to look at its connection. */
  wake(): void;
  /** Out of channel and election; no callback is called after that. */
  leave(): void;
};

/**
 * The tabs that share a stream. Exactly one is elected at a time, and is asked by the others; these hear its news, and
 * never wait longer than twice `quietMs` for a leader that has stopped speaking.
 */
export function joinGroup(options: {
  name: string;
  quietMs: number | undefined;
  random: (() => number) | undefined;
  onElected: () => void;
  onDeposed: () => void;
  onAsked: (wanted: "news" | "wake") => void;
  onNews: (news: News) => void;
}): TabGroup {
  const { name, quietMs = QUIET_MS, random = Math.random, onElected, onDeposed, onAsked, onNews } = options;
  let isLeading = false;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const channel = openTabChannel(name, (message) => {
    if (message.kind !== "news") {
      if (isLeading) onAsked(message.kind === "wake" ? "wake" : "news");
    } else if (!isLeading) {
      waitThen(ask, quietMs);
      onNews(message);
    }
  });
  const election = electLeader(name, {
    onElected() {
      clearTimeout(patience);
      isLeading = true;
      onElected();
    },
    onDeposed() {
      isLeading = false;
      onDeposed();
    },
  });

  function waitThen(task: () => void, ms: number): void {
    clearTimeout(patience);
    patience = setTimeout(task, ms);
  }

  function ask(): void {
    if (isLeading) return;
    channel.post({ kind: "ask" });
    waitThen(election.takeOver, quietMs * (0.5 + random() / 2));
  }

  return {
    tell(from, connection, event) {
      if (isLeading)
        channel.post({ kind: "news", from, connection, ...(event === undefined ? {} : { event }) });
    },
    ask,
    wake() {
      if (!isLeading) channel.post({ kind: "wake" });
      ask();
    },
    leave() {
      clearTimeout(patience);
      isLeading = false;
      channel.close();
      election.leave();
    },
  };
}

/**
 * The group for a stream and a place in its feed. Epochs are random per user: tabs of different users never meet, and
 * a restored feed is a group of its own. Undefined where the browser cannot share: outside of secure contexts.
 */
export function groupName(url: string, position: string): string | undefined {
  const cursor = parseCursor(position);
  const canShare = typeof BroadcastChannel === "function" && globalThis.navigator?.locks !== undefined;
  if (cursor === undefined || !canShare) return undefined;
  const { href } = new URL(url, globalThis.location?.href);
  return `jobmon 1 ${href} ${cursor.epoch}`;
}
