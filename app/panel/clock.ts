const TICK_MS = 1_000;

/** One ticking clock for everything on the page that tells the time. */
export type Clock = {
  /** The instant the page was rendered with, on the server and at first in the browser. */
  start: number;
  /** The present instant, the same for all until the next tick. Milliseconds. */
  now(): number;
  subscribe(listener: () => void): () => void;
};

/** A clock that stands at `start` until somebody subscribes, and ticks every second while somebody does. */
export function createClock(start: number): Clock {
  const listeners = new Set<() => void>();
  let now = start;
  let timer: ReturnType<typeof setInterval> | undefined;

  function tick(): void {
    now = Date.now();
    for (const listener of listeners) listener();
  }

  return {
    start,
    now: () => now,
    subscribe(listener) {
      listeners.add(listener);
      if (timer === undefined) {
        now = Date.now();
        timer = setInterval(tick, TICK_MS);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}
