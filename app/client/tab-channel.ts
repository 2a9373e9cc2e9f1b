import { z } from "#app/contract/zod-mini.ts";
import { parseCursor } from "#app/contract/cursor.ts";
import { readStreamEvent, type StreamEvent } from "#app/contract/stream.ts";
import type { Connection } from "./connection.ts";

/**
 * What tabs say to each other. `news` is the leader's: its place in the feed before the event, the event, and how its
 * connection is. So every tab can tell whether it missed something. `ask` wants news at once, `wake` a look at the
 * leader's connection.
 */
export type TabMessage =
  | { kind: "news"; from: string; event?: StreamEvent; connection: Connection }
  | { kind: "ask" }
  | { kind: "wake" };

export type TabChannel = { post(message: TabMessage): void; close(): void };

const connectionSchema = z.object({
  state: z.enum(["connecting", "live", "reconnecting", "offline"]),
  lastEventAt: z.exactOptional(z.number()),
  laggingSince: z.exactOptional(z.number()),
  retryAt: z.exactOptional(z.number()),
  problem: z.exactOptional(
    z.enum(["unauthorized", "not_found", "ended", "unreachable", "silent", "malformed"]),
  ),
});

const messageSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("news"),
    from: z.string(),
    event: z.optional(z.object({ event: z.string(), data: z.unknown(), id: z.optional(z.string()) })),
    connection: connectionSchema,
  }),
  z.object({ kind: z.literal("ask") }),
  z.object({ kind: z.literal("wake") }),
]);

/**
 * The way to the other tabs of one group, in order per sender, never back to the sender. What cannot be read, because
 * another version of the page wrote it, counts as not said.
 */
export function openTabChannel(group: string, onMessage: (message: TabMessage) => void): TabChannel {
  const channel = new BroadcastChannel(group);
  channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const message = readMessage(data);
    if (message !== undefined) onMessage(message);
  });
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has its origin already
    post: (message) => channel.postMessage(message),
    close: () => channel.close(),
  };
}

function readMessage(data: unknown): TabMessage | undefined {
  try {
    const message = messageSchema.parse(data);
    if (message.kind !== "news") return message;
    const { event: told, ...news } = message;
    if (parseCursor(news.from) === undefined) return undefined;
    const event = told && readStreamEvent(told.event, told.data, told.id ?? "");
    return event === undefined ? news : { ...news, event };
  } catch {
    return undefined;
  }
}
