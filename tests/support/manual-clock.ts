import type { LiveClock } from "#app/server/live/live-clock.server.ts";

/** A clock that stands until it is moved; the end of a turn is the real one. */
export type ManualClock = LiveClock & {
  /** Moves on and runs, in order, what became due on the way. */
  advance(ms: number): void;
  /** How many repeating tasks there are. */
  tasks(): number;
};

export function createManualClock(): ManualClock {
  let at = 1_000;
  const tasks = new Set<{ ms: number; next: number; run: () => void }>();
  return {
    now: () => at,
    soon: (task) => void setImmediate(task),
    every(ms, run) {
      const task = { ms, next: at + ms, run };
      tasks.add(task);
      return () => tasks.delete(task);
    },
    advance(ms) {
      const end = at + ms;
      for (;;) {
        const [first] = [...tasks].filter(({ next }) => next <= end).toSorted((a, b) => a.next - b.next);
        if (first === undefined) break;
        at = first.next;
        first.next += first.ms;
        first.run();
      }
      at = end;
    },
    tasks: () => tasks.size,
  };
}
