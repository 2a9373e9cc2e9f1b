import type { JobListener, JobMessage } from "./job-bus.ts";

type Subscription = { listener: JobListener; onLost: () => void };

/** Who in this process listens to which user. A listener that throws is reported to `onError` and harms no other. */
export function createUserListeners(onError: (error: unknown) => void) {
  const users = new Map<string, Set<Subscription>>();

  function calling(call: () => void): void {
    try {
      call();
    } catch (error) {
      onError(error);
    }
  }

  function lose(userEmail: string): void {
    for (const { onLost } of users.get(userEmail) ?? []) calling(onLost);
  }

  return {
    /** Returns how to stop; `onLast` is called where this was the last of the user. */
    add(userEmail: string, listener: JobListener, onLost = () => {}, onLast = () => {}): () => void {
      const subscription = { listener, onLost };
      const ofUser = users.get(userEmail) ?? new Set();
      users.set(userEmail, ofUser.add(subscription));
      return () => {
        if (!ofUser.delete(subscription) || ofUser.size > 0) return;
        users.delete(userEmail);
        onLast();
      };
    },
    has: (userEmail: string) => users.has(userEmail),
    tell(message: JobMessage): void {
      for (const { listener } of users.get(message.userEmail) ?? []) calling(() => listener(message));
    },
    /** Messages of this user, or of all, may have been lost. */
    lose,
    loseAll(): void {
      for (const userEmail of users.keys()) lose(userEmail);
    },
    clear: () => users.clear(),
  };
}
