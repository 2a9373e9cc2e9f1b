import { randomBytes } from "node:crypto";
import type { Redis } from "#app/server/redis/connect-redis.server.ts";
import type { LiveClock } from "./live-clock.server.ts";

/** A place that nobody renews is free after this: its instance is gone. */
const HELD_MS = 60_000;
const RENEW_EVERY_MS = 20_000;
/** Takes a place where one is free; tells how many were taken before. */
const TAKE = `redis.call("ZREMRANGEBYSCORE", KEYS[1], "-inf", ARGV[1])
local taken = redis.call("ZCARD", KEYS[1])
if taken >= tonumber(ARGV[4]) then return taken end
redis.call("ZADD", KEYS[1], ARGV[1] + ARGV[2], ARGV[3])
redis.call("PEXPIRE", KEYS[1], ARGV[2])
return taken`;
const RENEW = `for n = 3, #ARGV do redis.call("ZADD", KEYS[1], ARGV[1] + ARGV[2], ARGV[n]) end
redis.call("PEXPIRE", KEYS[1], ARGV[2])`;
const RELEASE = `redis.call("ZREM", KEYS[1], ARGV[1])`;

/** How many streams one user has on all instances together. */
export type SharedStreamCaps = {
  /** A place for one more stream, to be released once; or how many there are, as many as there may be. */
  take(userEmail: string): Promise<{ release(): void } | { taken: number }>;
  close(): void;
};

/**
 * Places in a sorted set per user, each with the time until which its instance speaks for it. While Redis is away each
 * instance counts for itself: a viewer is let in rather than kept out.
 */
export function createSharedStreamCaps(options: {
  redis: Pick<Redis, "key" | "run">;
  streamsPerUser: number;
  clock: Pick<LiveClock, "every">;
  /** Milliseconds since 1970, as the instances agree on. */
  now: () => number;
}): SharedStreamCaps {
  const { redis, streamsPerUser, clock, now } = options;
  const instance = randomBytes(6).toString("hex");
  const places = new Map<string, Set<string>>();
  let made = 0;

  const keyOf = (userEmail: string): string => redis.key(`streams:${userEmail}`);
  /** What cannot be told to Redis ends there by itself. */
  function tell(script: string, userEmail: string, values: string[]): void {
    redis.run(script, [keyOf(userEmail)], values).catch(() => {});
  }

  const stop = clock.every(RENEW_EVERY_MS, () => {
    for (const [userEmail, own] of places) tell(RENEW, userEmail, [String(now()), String(HELD_MS), ...own]);
  });

  return {
    async take(userEmail) {
      const place = `${instance}:${(made += 1)}`;
      const values = [String(now()), String(HELD_MS), place, String(streamsPerUser)];
      const taken = await redis.run(TAKE, [keyOf(userEmail)], values).then(Number, () => 0);
      if (taken >= streamsPerUser) return { taken };
      const own = places.get(userEmail) ?? new Set();
      places.set(userEmail, own.add(place));
      return {
        release() {
          own.delete(place);
          if (own.size === 0 && places.get(userEmail) === own) places.delete(userEmail);
          tell(RELEASE, userEmail, [place]);
        },
      };
    },
    close: stop,
  };
}
