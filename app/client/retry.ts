const BASE_MS = 1_000;
const CAP_MS = 30_000;
/** Nobody means more, and a timer of more than 24 days would fire at once. */
const LONGEST_MS = 24 * 60 * 60 * 1_000;

/**
 * Milliseconds to wait before attempt `attempt` (0 = the first retry): full jitter under a ceiling that doubles from
 * 1 s to 30 s, never below the server's `Retry-After`, never above a day. `random` is in [0, 1).
 */
export function backoffMs(attempt: number, random: number, retryAfterMs = 0): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 10));
  return Math.min(LONGEST_MS, Math.max(retryAfterMs, Math.round(ceiling * random)));
}

export type Retry = {
  /** Plans the next attempt, in place of one that is planned already; returns its instant on the local clock. */
  plan(retryAfterMs?: number): number;
  /** Nothing is planned any more; the waits go on growing. */
  cancel(): void;
  /** It worked: nothing is planned, and the waits begin anew. */
  reset(): void;
};

/** Attempts at something that fails, further and further apart (`backoffMs`). */
export function createRetry(attempt: () => void, random: () => number = Math.random): Retry {
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function cancel(): void {
    clearTimeout(timer);
  }
  return {
    plan(retryAfterMs) {
      cancel();
      const wait = backoffMs(failures++, random(), retryAfterMs);
      timer = setTimeout(attempt, wait);
      return Date.now() + wait;
    },
    cancel,
    reset() {
      cancel();
      failures = 0;
    },
  };
}
