import { parseCursor } from "#app/contract/cursor.ts";
import { electLeader } from "./elect-leader.ts";
import { openTabChannel, type TabMessage } from "./tab-channel.ts";

export type TabGroup = {
  post(message: TabMessage): void;
  /** Takes the lead from a leader that does not answer. */
  takeOver(): void;
  /** Out of channel and election; no callback is called after that. */
  leave(): void;
};

/** Joins the tabs that share a stream; exactly one of them is elected at a time. */
export function joinGroup(
  name: string,
  callbacks: { onMessage: (message: TabMessage) => void; onElected: () => void; onDeposed: () => void },
): TabGroup {
  const channel = openTabChannel(name, callbacks.onMessage);
  const election = electLeader(name, callbacks);
  return {
    post: channel.post,
    takeOver: election.takeOver,
    leave() {
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
