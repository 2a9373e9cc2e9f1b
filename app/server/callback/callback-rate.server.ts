import { createTokenBuckets, type TokenBuckets } from "#app/server/token-buckets.ts";

/**
 * How often one job may report progress: 50 a second, 200 at once. Takes one and returns 0, or the whole seconds
 * after which to come again.
 */
export type CallbackRate = (jobId: string, now: number) => number;

/** The buckets of all jobs; other instances may have taken from them too. */
export function createCallbackBuckets(): TokenBuckets {
  return createTokenBuckets({ perSecond: 50, burst: 200, tracked: 10_000 });
}

/** The rate of this instance alone. */
export function createCallbackRate(): CallbackRate {
  return createCallbackBuckets().take;
}
