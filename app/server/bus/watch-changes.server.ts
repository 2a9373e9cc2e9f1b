import { setTimeout as sleep } from "node:timers/promises";
import { type Db, type Document, MongoNetworkError, MongoServerError, type ResumeToken } from "mongodb";
import type { Log } from "#app/server/log.server.ts";

const AWAIT_MS = 1_000;
/** An open stream answers every second, also when there is nothing to tell. */
const AWAY_AFTER_MS = 5_000;
const LONGEST_PAUSE_MS = 2_000;

export type ChangeWatch = {
  /** Resolves while the stream answers. */
  check(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Hands every change of a database that passes `pipeline` to `take`, in the order of the commits, from when `check`
 * first resolves. An interruption is made up for from the resume token; where the database does not go on from there,
 * `onLost` is called once the stream is open again.
 */
export function watchChanges(options: {
  db: Db;
  pipeline: Document[];
  take: (change: Document) => void;
  onLost: () => void;
  log: Log;
}): ChangeWatch {
  const { db, pipeline, take, onLost, log } = options;
  const closing = new AbortController();
  let token: ResumeToken | undefined;
  let answeredAt = -Infinity;
  let isFirst = true;

  async function watch(): Promise<void> {
    const isResumed = token !== undefined;
    const stream = db.watch(pipeline, {
      fullDocument: "updateLookup",
      maxAwaitTimeMS: AWAIT_MS,
      ...(isResumed ? { resumeAfter: token } : {}),
    });
    const close = () => void stream.close().catch(() => {});
    closing.signal.addEventListener("abort", close);
    let isOpen = false;
    stream.on("resumeTokenChanged", () => {
      answeredAt = performance.now();
      if (isOpen) return;
      isOpen = true;
      if (!isResumed && !isFirst) onLost();
      if (!isFirst) log.info({ isResumed }, "the change stream is open again");
      isFirst = false;
    });
    try {
      while (!closing.signal.aborted) {
        const change = await stream.tryNext();
        if (change !== null) take(change);
        token = stream.resumeToken ?? token;
        if (stream.closed) throw new ChangeStreamEndedError("what was watched is gone");
      }
    } finally {
      closing.signal.removeEventListener("abort", close);
      close();
    }
  }

  async function run(): Promise<void> {
    let brokeAt: string | undefined;
    for (let failures = 0; !closing.signal.aborted;) {
      const openedAt = performance.now();
      try {
        await watch();
      } catch (error) {
        if (closing.signal.aborted) return;
        const isStuck = !isPassing(error) && token !== undefined && JSON.stringify(token) === brokeAt;
        brokeAt = JSON.stringify(token);
        if (isStuck) token = undefined;
        if (answeredAt > openedAt) failures = 0;
        log.warn({ error, isResumable: token !== undefined }, "the change stream broke");
        await pause(Math.min(LONGEST_PAUSE_MS, 50 * 2 ** failures++));
      }
    }
  }

  /** Ends early when the watch is closed. */
  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: closing.signal, ref: false }).catch(() => {});
  }

  void run();
  return {
    async check() {
      if (performance.now() - answeredAt > AWAY_AFTER_MS) throw new ChangeStreamAwayError("no answer");
    },
    async close() {
      closing.abort();
    },
  };
}

/** The database is away for a while; everything else it says may be for good. */
function isPassing(error: unknown): boolean {
  if (error instanceof MongoNetworkError) return true;
  return !(error instanceof MongoServerError) || error.hasErrorLabel("ResumableChangeStreamError");
}

/** The database was dropped, or restored over. */
class ChangeStreamEndedError extends Error {
  readonly code = "change_stream_ended";
}

/** The change stream is down, or does not answer. */
class ChangeStreamAwayError extends Error {
  readonly code = "change_stream_away";
}
