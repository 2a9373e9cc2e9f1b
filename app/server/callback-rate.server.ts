const PER_SECOND = 50;
const BURST = 200;
const TRACKED = 10_000;
const FULL_AFTER_MS = (BURST / PER_SECOND) * 1000;

/**
 * How often one job may report progress: 50 a second, 200 at once. Takes one and returns 0, or the whole seconds
 * after which to come again.
 */
export type CallbackRate = (jobId: string, now: number) => number;

/** A token bucket per job; the ones that are full again are forgotten. */
export function createCallbackRate(): CallbackRate {
  return createCallbackBuckets().take;
}

/** The same, with a way to tell that other instances have taken so many; a bucket may owe what it gave too much. */
export function createCallbackBuckets() {
  const buckets = new Map<string, { left: number; at: number }>();
  let sweptAt = 0;

  function fill(jobId: string, now: number): number {
    const { left, at } = buckets.get(jobId) ?? { left: BURST, at: now };
    return Math.min(BURST, left + (Math.max(0, now - at) / 1000) * PER_SECOND);
  }

  return {
    take(jobId: string, now: number): number {
      const left = fill(jobId, now);
      if (buckets.size >= TRACKED && now - sweptAt > FULL_AFTER_MS) {
        sweptAt = now;
        forgetFull(buckets, now);
      }
      buckets.set(jobId, { left: left >= 1 ? left - 1 : left, at: now });
      return left >= 1 ? 0 : Math.max(1, Math.ceil((1 - left) / PER_SECOND));
    },
    spend(jobId: string, count: number, now: number): void {
      buckets.set(jobId, { left: Math.max(-BURST, fill(jobId, now) - count), at: now });
    },
  };
}

function forgetFull(buckets: Map<string, { at: number }>, now: number): void {
  for (const [jobId, { at }] of buckets) if (now - at > FULL_AFTER_MS) buckets.delete(jobId);
}
