import type { Db } from "mongodb";
import type { Log } from "#app/server/log.server.ts";
import { createMessageChain } from "./chain-messages.server.ts";
import { CHANGED_JOBS, factOf, userOf } from "./changed-job.server.ts";
import type { JobBus } from "./job-bus.ts";
import { createUserListeners } from "./user-listeners.server.ts";
import { watchChanges } from "./watch-changes.server.ts";

/**
 * The bus of several processes on one MongoDB: what is written there is the message, told by a change stream. `publish`
 * has nothing to add. Only what somebody here listens to is decoded. A listener that throws, or a document that is no
 * job, is reported to `onError` and harms nobody else.
 */
export function createMongoBus(options: { db: Db; log: Log; onError: (error: unknown) => void }): JobBus {
  const { db, log, onError } = options;
  const chained = createMessageChain();
  const listeners = createUserListeners(onError);
  const watch = watchChanges({
    db,
    pipeline: CHANGED_JOBS,
    onLost: listeners.loseAll,
    log,
    take(change) {
      const userEmail = userOf(change);
      if (typeof userEmail !== "string" || !listeners.has(userEmail)) return;
      try {
        listeners.tell(chained(factOf(change)));
      } catch (error) {
        onError(error);
      }
    },
  });

  return {
    mayLose: false,
    publish() {},
    subscribe: (userEmail, listener, onLost) => listeners.add(userEmail, listener, onLost),
    check: watch.check,
    async close() {
      listeners.clear();
      await watch.close();
    },
  };
}
