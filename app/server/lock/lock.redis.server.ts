import { randomBytes } from "node:crypto";
import type { Lock } from "./lock.ts";
import type { Redis } from "#app/server/redis/connect-redis.server.ts";

const HELD_MS = 60_000;
/** Takes the lock where it is free, and keeps it where it is ours. */
const HOLD = `local holder = redis.call("GET", KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2])
return 1`;

/**
 * One instance at a time, by a key in Redis that its holder renews by asking and that is free `heldMs`, a minute unless told,
 * after it stopped.
 * While Redis is away everybody holds it: what it guards may be done twice, not never.
 */
export function createRedisLock(redis: Pick<Redis, "key" | "run">): Pick<Lock, "holds"> {
  const holder = randomBytes(8).toString("hex");
  return {
    async holds(name, heldMs = HELD_MS) {
      try {
        return (await redis.run(HOLD, [redis.key(`lock:${name}`)], [holder, String(heldMs)])) === 1;
      } catch {
        return true;
      }
    },
  };
}
