import type { LiveClock } from "./live-clock.server.ts";

const RELEASE_EVERY_MS = 20;

/** Something that holds back what is not to go out yet. */
type Holder = {
  /** Lets out what may go by now; false when nothing is held back any more. */
  release(now: number): boolean;
};

/** One timer for all that hold something back; it runs only while there are any. */
export function createReleaseTimer(clock: LiveClock) {
  const held = new Set<Holder>();
  let stop: (() => void) | undefined;

  function release(): void {
    const now = clock.now();
    for (const holder of held) if (!holder.release(now)) held.delete(holder);
    if (held.size > 0) return;
    stop?.();
    stop = undefined;
  }

  return {
    add(holder: Holder): void {
      held.add(holder);
      stop ??= clock.every(RELEASE_EVERY_MS, release);
    },
    delete: (holder: Holder) => void held.delete(holder),
  };
}
