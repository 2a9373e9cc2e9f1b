import type { DatabaseSync } from "node:sqlite";
import { asRepositoryError, unavailable } from "./sqlite-errors.server.ts";

/** How long a write may wait for others to share its fsync while they keep coming. */
const MAX_WAIT_MS = 4;
/** Turns of the event loop without a further write after which those that wait go out. */
const QUIET_TURNS = 2;

type Write = {
  /** Does the work and returns how to tell the caller once it is durable. */
  run: () => () => void;
  reject: (error: unknown) => void;
};

/** Group commit: what is asked for in close succession shares one transaction and so one fsync. */
export interface WriteQueue {
  /**
   * Resolves with what `work` returned after the COMMIT, in the order of the calls. A failing `work` is undone and
   * rejects alone; what cannot be committed rejects with `RepositoryUnavailableError`.
   */
  enqueue<T>(work: () => T): Promise<T>;
  /** Writes at once what is waiting. */
  flush(): void;
}

/** Writes go out when a turn of the event loop brought no further one: alone without delay, in a crowd together. */
export function createWriteQueue(db: DatabaseSync): WriteQueue {
  const begin = db.prepare("BEGIN IMMEDIATE");
  const commit = db.prepare("COMMIT");
  let waiting: Write[] = [];

  /** All or nothing; returns how to tell each caller. */
  function commitTogether(batch: Write[]): (() => void)[] {
    begin.run();
    try {
      const settlements = batch.map((write) => write.run());
      commit.run();
      return settlements;
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK");
      throw error;
    }
  }

  function flush(): void {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    let settlements: (() => void)[];
    try {
      settlements = commitTogether(batch);
    } catch {
      // One of them is at fault: each has its own transaction now, in the same order.
      settlements = batch.map(commitAlone);
    }
    for (const settle of settlements) settle();
  }

  function commitAlone(write: Write): () => void {
    let isWritten = false;
    const run = (): (() => void) => {
      const settle = write.run();
      isWritten = true;
      return settle;
    };
    try {
      const [settle] = commitTogether([{ ...write, run }]);
      return settle ?? (() => {});
    } catch (error) {
      return () => write.reject(isWritten ? unavailable(error) : asRepositoryError(error));
    }
  }

  function flushWhenQuiet(since: number, seen: number, quietTurns: number): void {
    const quiet = waiting.length === seen ? quietTurns + 1 : 0;
    if (quiet === QUIET_TURNS || performance.now() - since > MAX_WAIT_MS) flush();
    else setImmediate(flushWhenQuiet, since, waiting.length, quiet);
  }

  return {
    enqueue: <T>(work: () => T) =>
      new Promise<T>((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flushWhenQuiet, performance.now(), 1, 0);
        const run = () => {
          const value = work();
          return () => resolve(value);
        };
        waiting.push({ run, reject });
      }),
    flush,
  };
}
