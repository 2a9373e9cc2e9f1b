import { type CallbackRate, createCallbackBuckets } from "./callback-rate.server.ts";
import type { Redis } from "#app/server/redis/connect-redis.server.ts";

const TELL_EVERY_MS = 100;
const WINDOW_MS = 1_000;
const KEPT_MS = 5_000;
/** Adds what was taken here to what all have taken in this second. */
const ADD = `local total = redis.call("INCRBY", KEYS[1], ARGV[1])
redis.call("PEXPIRE", KEYS[1], ARGV[2])
return total`;

type Share = { jobId: string; own: number; untold: number; others: number };

/**
 * The rate of all instances together: each decides at once by itself, and hears within about 100 ms what the others let
 * through. No callback waits for Redis; while that is away each instance counts alone.
 */
export function createSharedCallbackRate(redis: Pick<Redis, "key" | "run">): CallbackRate {
  const buckets = createCallbackBuckets();
  /** What was taken in this second and the one before, by key. */
  const shares = new Map<string, Share>();
  let timer: NodeJS.Timeout | undefined;

  async function tell(key: string, share: Share): Promise<void> {
    const { jobId, untold } = share;
    share.untold = 0;
    const total = Number(await redis.run(ADD, [key], [String(untold), String(KEPT_MS)]));
    const others = total - (share.own - share.untold);
    if (others > share.others) buckets.spend(jobId, others - share.others, Date.now());
    share.others = Math.max(share.others, others);
  }

  function tellAll(): void {
    timer = undefined;
    const now = window(Date.now());
    for (const [key, share] of shares) {
      if (share.untold > 0) tell(key, share).catch(() => {});
      else if (!key.endsWith(`:${now}`)) shares.delete(key);
    }
    if (shares.size > 0) timer = setTimeout(tellAll, TELL_EVERY_MS).unref();
  }

  return (jobId, now) => {
    const seconds = buckets.take(jobId, now);
    if (seconds > 0) return seconds;
    const key = redis.key(`rate:${jobId}:${window(Date.now())}`);
    const share = shares.get(key) ?? { jobId, own: 0, untold: 0, others: 0 };
    shares.set(key, share);
    share.own += 1;
    share.untold += 1;
    timer ??= setTimeout(tellAll, TELL_EVERY_MS).unref();
    return 0;
  };
}

const window = (at: number): number => Math.floor(at / WINDOW_MS);
