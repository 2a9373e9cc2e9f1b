import type { DatabaseSync } from "node:sqlite";
import { asRepositoryError, unavailable } from "./sqlite-errors.server.ts";

type Write = {
  /** Does the work and returns how to tell the caller once it is durable. */
  run: () => () => void;
  reject: (error: unknown) => void;
};

/** Group commit: what is asked for in one turn of the event loop shares one transaction and so one fsync. */
export interface WriteQueue {
  /**
   * Resolves with what `work` returned after the COMMIT. A failing `work` is undone and rejects alone; a failing
   * transaction rejects all that shared it with `RepositoryUnavailableError`.
   */
  enqueue<T>(work: () => T): Promise<T>;
  /** Writes at once what is waiting. */
  flush(): void;
}

export function createWriteQueue(db: DatabaseSync): WriteQueue {
  const begin = db.prepare("BEGIN IMMEDIATE");
  const commit = db.prepare("COMMIT");
  const savepoint = db.prepare("SAVEPOINT one_write");
  const release = db.prepare("RELEASE one_write");
  const undo = db.prepare("ROLLBACK TO one_write");
  let waiting: Write[] = [];

  function attempt(write: Write): () => void {
    savepoint.run();
    try {
      const done = write.run();
      release.run();
      return done;
    } catch (error) {
      if (!db.isTransaction) throw error;
      undo.run();
      release.run();
      return () => write.reject(asRepositoryError(error));
    }
  }

  function flush(): void {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    let settlements: (() => void)[];
    try {
      begin.run();
      settlements = batch.map(attempt);
      commit.run();
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK");
      settlements = batch.map((write) => () => write.reject(unavailable(error)));
    }
    for (const settle of settlements) settle();
  }

  return {
    enqueue: <T>(work: () => T) =>
      new Promise<T>((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush);
        const run = () => {
          const value = work();
          return () => resolve(value);
        };
        waiting.push({ run, reject });
      }),
    flush,
  };
}
