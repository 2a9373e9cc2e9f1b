import type { Redis } from "#app/server/redis/connect-redis.server.ts";
import { createMessageChain } from "./chain-messages.server.ts";
import { decodeMessage, encodeMessage } from "./encode-message.server.ts";
import type { JobBus } from "./job-bus.ts";
import { createUserListeners } from "./user-listeners.server.ts";

/** A channel is kept for those who come back at once, as a page that is loaded again. */
const LINGER_MS = 2_000;

/**
 * The bus of several processes: a Pub/Sub channel per user, heard while somebody here listens. What Redis loses, or
 * cannot take, is seen by the next message of its sender, by `onLost`, or at the next comparison. A listener that
 * throws, or a message that cannot be read, is reported to `onError` and harms no other.
 */
export function createRedisBus({
  redis,
  onError,
}: {
  redis: Redis;
  onError: (error: unknown) => void;
}): JobBus {
  const chained = createMessageChain();
  const listeners = createUserListeners(onError);
  const channels = new Map<string, NodeJS.Timeout | undefined>();
  let isClosed = false;

  const channelOf = (userEmail: string): string => redis.key(`jobs:${userEmail}`);

  function hear(text: string): void {
    try {
      listeners.tell(decodeMessage(text));
    } catch (error) {
      onError(error);
    }
  }

  function leave(userEmail: string): void {
    const timer = setTimeout(() => {
      channels.delete(userEmail);
      redis.unsubscribe(channelOf(userEmail));
    }, LINGER_MS);
    channels.set(userEmail, timer.unref());
  }

  return {
    mayLose: true,
    publish(fact) {
      const message = chained(fact);
      if (!isClosed) redis.publish(channelOf(fact.userEmail), encodeMessage(message)).catch(() => {});
    },
    subscribe(userEmail, listener, onLost) {
      const isHeard = channels.has(userEmail);
      clearTimeout(channels.get(userEmail));
      channels.set(userEmail, undefined);
      const stop = listeners.add(userEmail, listener, onLost, () => leave(userEmail));
      if (!isHeard) redis.subscribe(channelOf(userEmail), hear, () => listeners.lose(userEmail));
      return stop;
    },
    check: () => redis.check(),
    async close() {
      isClosed = true;
      for (const timer of channels.values()) clearTimeout(timer);
      listeners.clear();
    },
  };
}
