import { z } from "#app/contract/zod.ts";
import { parseCursor } from "#app/contract/cursor.ts";
import { decodeStreamEvent, type StreamEvent } from "#app/contract/stream.ts";
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
  lastEventAt: z.number().exactOptional(),
  laggingSince: z.number().exactOptional(),
  retryAt: z.number().exactOptional(),
  problem: z
    .enum(["unauthorized", "not_found", "ended", "unreachable", "silent", "malformed"])
    .exactOptional(),
});

const eventSchema = z
  .object({ event: z.string(), data: z.unknown(), id: z.string().default("") })
  .transform(({ event, data, id }) => decodeStreamEvent(event, JSON.stringify(data), id));

const messageSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("news"),
    from: z.string().refine((from) => parseCursor(from) !== undefined),
    event: eventSchema.exactOptional(),
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
    const { event, ...rest } = message;
    return event === undefined ? rest : { ...rest, event };
  } catch {
    return undefined;
  }
}
