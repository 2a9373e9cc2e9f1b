import { createMessageChain } from "./chain-messages.server.ts";
import type { JobBus, JobListener } from "./job-bus.ts";

/** The bus of a single process. A listener that throws is reported to `onError` and harms no other. */
export function createMemoryBus(onError: (error: unknown) => void): JobBus {
  const chained = createMessageChain();
  const listeners = new Map<string, Set<JobListener>>();
  return {
    mayLose: false,
    publish(fact) {
      const message = chained(fact);
      for (const listener of listeners.get(fact.userEmail) ?? []) {
        try {
          listener(message);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe(userEmail, listener) {
      const ofUser = listeners.get(userEmail) ?? new Set();
      listeners.set(userEmail, ofUser.add(listener));
      return () => {
        ofUser.delete(listener);
        if (ofUser.size === 0 && listeners.get(userEmail) === ofUser) listeners.delete(userEmail);
      };
    },
    check: () => Promise.resolve(),
    close: async () => listeners.clear(),
  };
}
