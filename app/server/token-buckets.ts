/** A bucket per key: `perSecond` come in, `burst` fit. Beyond `tracked` keys the full ones are forgotten, then the oldest. */
export type BucketSizes = { perSecond: number; burst: number; tracked: number };

/** The buckets of many keys, by a clock in milliseconds that comes with every call. */
export type TokenBuckets = {
  /** Takes one and returns 0, or takes none and returns the whole seconds after which to come again. */
  take(key: string, now: number): number;
  /** So many were taken elsewhere; a bucket may owe up to `burst`. */
  spend(key: string, count: number, now: number): void;
};

/** Token buckets in memory. */
export function createTokenBuckets({ perSecond, burst, tracked }: BucketSizes): TokenBuckets {
  const buckets = new Map<string, { left: number; at: number }>();
  const fullAfterMs = (burst / perSecond) * 1000;
  let sweptAt = 0;

  function fill(key: string, now: number): number {
    const { left, at } = buckets.get(key) ?? { left: burst, at: now };
    return Math.min(burst, left + (Math.max(0, now - at) / 1000) * perSecond);
  }

  function makeRoom(now: number): void {
    if (now - sweptAt > fullAfterMs) {
      sweptAt = now;
      for (const [key, { at }] of buckets) if (now - at > fullAfterMs) buckets.delete(key);
    }
    const [oldest] = buckets.keys();
    if (buckets.size >= 2 * tracked && oldest !== undefined) buckets.delete(oldest);
  }

  return {
    take(key, now) {
      const left = fill(key, now);
      if (buckets.size >= tracked) makeRoom(now);
      buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now });
      return left >= 1 ? 0 : Math.max(1, Math.ceil((1 - left) / perSecond));
    },
    spend(key, count, now) {
      buckets.set(key, { left: Math.max(-burst, fill(key, now) - count), at: now });
    },
  };
}
