import { randomInt } from "node:crypto";
import type { LiveClock } from "./live-clock.server.ts";
import type { JobStreamRequest, OpenJobStream } from "./open-job-stream.server.ts";
import { openViewer, type Viewer } from "./open-viewer.server.ts";
import { createReleaseTimer } from "./release-timer.ts";
import { createStreamCaps, refused } from "./stream-caps.server.ts";
import type { StreamGauges } from "./stream-gauges.ts";
import type { StreamLimits } from "./stream-limits.ts";

const LOOK_EVERY_MS = 1_000;
/** A stream ends so long before its session does, so that a look that comes late is still in time. */
const BEFORE_SESSION_MS = 5_000;
/** Heartbeats of this many viewers, then the others have their turn. */
const BEATS_AT_ONCE = 250;

/** So many a second are told to come back while the server stops, unless there is no time for that. */
const BYES_A_SECOND = 500;
const BYE_EVERY_MS = 20;

export type ViewerRequest = JobStreamRequest & {
  /** Which of the user's sessions the stream belongs to; it can be ended by that name. */
  sessionId?: string;
  /** The user's account, by whose name all of its streams can be ended. */
  accountId?: string;
  /** When the viewer's session ends, in milliseconds since 1970; the stream ends before. */
  sessionEndsAt?: number;
  /** Called once, when the stream has ended or was refused. */
  onEnd?: () => void;
};

export type JobStreams = {
  /** Answers one viewer with the live stream; 429 or 503 when there are too many. No living stream gives way. */
  respond(request: ViewerRequest): Response;
  /**
   * Opens no stream from now on, says `bye` to every viewer and ends its stream; each is told when to come back. They
   * are told at random instants over the first half of `drainMs`, at most; without it within this turn.
   */
  closeAll(drainMs?: number): void;
  /** Says `bye` within this turn to the viewers of a session or an account that ended, or to all of a user who was signed out. */
  endSession(id: string): void;
  endUser(userEmail: string): void;
  /** How many streams are open. */
  count(): number;
  /** How many bytes wait for viewers that have not taken them yet. */
  bytesWaiting(): number;
};

/**
 * Keeps the open streams of this process: how many there may be, one shared timer for the heartbeat, one for what is
 * held back, one for the end of those that are too old, too slow or whose session ends.
 */
export function createJobStreams(options: {
  open: OpenJobStream;
  limits: StreamLimits;
  clock: LiveClock;
  gauges: StreamGauges;
  onError: (error: unknown) => void;
  /** In [0, 1): spreads lifetimes. */
  random?: () => number;
}): JobStreams {
  const { open, limits, clock, gauges, onError, random = Math.random } = options;
  const viewers = new Map<Viewer, { request: ViewerRequest; endsAt: number }>();
  const caps = createStreamCaps({ limits, gauges });
  const hold = createReleaseTimer(clock);
  let isClosed = false;

  function endOf({ sessionEndsAt = Infinity }: ViewerRequest): number {
    const lifetime = limits.lifetimeMs * (0.8 + 0.2 * random());
    return clock.now() + Math.min(lifetime, sessionEndsAt - Date.now() - BEFORE_SESSION_MS);
  }

  function fail(viewer: Viewer, error: unknown): void {
    onError(error);
    viewer.end();
  }

  function cutSlow(viewer: Viewer): void {
    gauges.closedAsSlow += 1;
    viewer.cut();
  }

  function endWhere(isEnded: (request: ViewerRequest) => boolean): void {
    for (const [viewer, { request }] of viewers) if (isEnded(request)) viewer.end(bye());
  }

  /** While the server stops. */
  function sayByes(): void {
    look();
    if (viewers.size === 0) for (const stop of timers.splice(0)) stop();
  }

  function look(): void {
    const now = clock.now();
    for (const [viewer, { endsAt }] of viewers) {
      if (viewer.isStalledSince(now - limits.stallMs)) cutSlow(viewer);
      else if (endsAt <= now) viewer.end(bye());
    }
  }

  async function beat(): Promise<void> {
    let count = 0;
    for (const viewer of viewers.keys()) {
      viewer.stream.heartbeat();
      if (++count % BEATS_AT_ONCE === 0) await new Promise<void>((resolve) => clock.soon(resolve));
    }
  }

  const timers = [clock.every(limits.heartbeatMs, () => void beat()), clock.every(LOOK_EVERY_MS, look)];

  return {
    respond(request) {
      const { userEmail, onEnd } = request;
      const refusal = isClosed
        ? refused(503, "stopping", "the server is stopping: connect again in a moment")
        : caps.refuse(userEmail);
      if (refusal !== undefined) {
        onEnd?.();
        return refusal;
      }
      return openViewer({
        clock,
        limits,
        gauges,
        open: (outlet) => open(request, outlet),
        onOpen(viewer) {
          viewers.set(viewer, { request, endsAt: endOf(request) });
          caps.add(userEmail);
        },
        onHeld: hold.add,
        onSlow: cutSlow,
        onFailure: fail,
        onClose(viewer) {
          viewers.delete(viewer);
          hold.delete(viewer);
          caps.remove(userEmail);
          onEnd?.();
        },
      });
    },
    closeAll(drainMs = 0) {
      isClosed = true;
      const spreadMs = Math.min(drainMs / 2, (viewers.size / BYES_A_SECOND) * 1_000);
      const now = clock.now();
      for (const known of viewers.values()) known.endsAt = now + random() * spreadMs;
      for (const stop of timers.splice(0)) stop();
      timers.push(clock.every(BYE_EVERY_MS, sayByes));
      sayByes();
    },
    endSession: (id) => endWhere(({ sessionId, accountId }) => sessionId === id || accountId === id),
    endUser: (ended) => endWhere(({ userEmail }) => userEmail === ended),
    count: () => viewers.size,
    bytesWaiting: () => [...viewers.keys()].reduce((sum, viewer) => sum + viewer.bytes(), 0),
  };
}

function bye() {
  return { event: "bye" as const, data: { retry: randomInt(500, 5000) } };
}
