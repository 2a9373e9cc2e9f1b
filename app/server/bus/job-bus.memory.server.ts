import { createMessageChain } from "./chain-messages.server.ts";
import type { JobBus } from "./job-bus.ts";
import { createUserListeners } from "./user-listeners.server.ts";

/** The bus of a single process. A listener that throws is reported to `onError` and harms no other. */
export function createMemoryBus(onError: (error: unknown) => void): JobBus {
  const chained = createMessageChain();
  const listeners = createUserListeners(onError);
  return {
    mayLose: false,
    publish: (fact) => listeners.tell(chained(fact)),
    subscribe: (userEmail, listener) => listeners.add(userEmail, listener),
    check: () => Promise.resolve(),
    close: async () => listeners.clear(),
  };
}
