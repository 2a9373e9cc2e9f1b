import type { FeedEvent } from "./feed-event.ts";
import { eventStreamResponse, type Wire } from "./event-stream-response.server.ts";
import type { LiveClock } from "./live-clock.server.ts";
import type { JobStream, Outlet } from "./open-job-stream.server.ts";
import { createOutbox } from "./outbox.ts";
import type { StreamGauges } from "./stream-gauges.ts";
import type { StreamLimits } from "./stream-limits.ts";

/** One open connection. */
export type Viewer = {
  stream: JobStream;
  /** Sends what waits, then this, and closes. */
  end(last?: FeedEvent): void;
  /** Closes without another word; what waits is dropped. */
  cut(): void;
  /** Lets out what was held back and may go by now; false when nothing is held back any more. */
  release(now: number): boolean;
  /** Whether something waits that could have gone out since before the given instant. */
  isStalledSince(instant: number): boolean;
  bytes(): number;
};

/**
 * Joins one viewer's stream, its outbox and its wire. A viewer that has more waiting than the largest backlog is
 * closed at once; it resumes from its cursor, so that nothing is lost.
 */
export function openViewer(options: {
  clock: LiveClock;
  limits: StreamLimits;
  gauges: StreamGauges;
  open: (outlet: Outlet) => JobStream;
  onOpen: (viewer: Viewer) => void;
  /** Something is held back: `release` is to be called from time to time. */
  onHeld: (viewer: Viewer) => void;
  onSlow: (viewer: Viewer) => void;
  onFailure: (viewer: Viewer, error: unknown) => void;
  onClose: (viewer: Viewer) => void;
}): Response {
  const { clock, limits, gauges, open, onOpen, onHeld, onSlow, onFailure, onClose } = options;

  return eventStreamResponse(clock, (wire: Wire) => {
    const { paceMs, roomBytes } = limits;
    const outbox = createOutbox({ paceMs, roomBytes, onMerged: () => void gauges.merged++ });
    let blockedSince: number | undefined;
    let isClosed = false;
    let isCut = false;
    const roomFor = new Set<() => void>();

    function giveRoom(): void {
      for (const resolve of roomFor) resolve();
      roomFor.clear();
    }

    function offer(): void {
      const now = clock.now();
      if (outbox.dueAt() > now) return onHeld(viewer);
      blockedSince ??= now;
      wire.wake();
    }

    const stream = open({
      send(event) {
        if (isClosed) return;
        outbox.put(event);
        if (outbox.size() > limits.largestBacklog) return onSlow(viewer);
        offer();
      },
      // The event loop goes round even when there is room: a long replay leaves the others their turn.
      hasRoom: () =>
        new Promise((resolve) => {
          if (isClosed || outbox.size() === 0) clock.soon(resolve);
          else roomFor.add(resolve);
        }),
      isFull: () => outbox.bytes() > limits.roomBytes,
      missed(jobs) {
        if (outbox.size() + jobs > limits.largestBacklog) onSlow(viewer);
      },
      fail: (error) => onFailure(viewer, error),
    });
    const viewer: Viewer = {
      stream,
      end(last) {
        if (last !== undefined) outbox.put(last);
        wire.close();
      },
      cut() {
        isCut = true;
        wire.close();
      },
      release(now) {
        if (outbox.dueAt() <= now) offer();
        return outbox.dueAt() < Infinity && blockedSince === undefined;
      },
      isStalledSince: (instant) => blockedSince !== undefined && blockedSince <= instant,
      bytes: outbox.bytes,
    };
    onOpen(viewer);
    stream.start().catch((error: unknown) => onFailure(viewer, error));
    return {
      take(isEnding) {
        if (isCut) return "";
        const text = outbox.take(clock.now(), isEnding);
        blockedSince = undefined;
        if (outbox.size() === 0) giveRoom();
        else onHeld(viewer);
        return text;
      },
      cleanUp() {
        isClosed = true;
        stream.close();
        giveRoom();
        onClose(viewer);
      },
    };
  });
}
