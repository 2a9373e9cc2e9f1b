import type { Authenticator } from "./authenticator.ts";

/** Longer than any session token lives. */
const REMEMBERED_MS = 24 * 3_600_000;
const REMEMBERED = 50_000;

export type EndedSessions = {
  /** By the id of a session, or of an account with all that it may come by. */
  add(id: string): void;
  /** The same sign-in, to which nobody comes by what has ended. */
  guard(authenticator: Authenticator): Authenticator;
};

/**
 * Sessions whose users have signed out here, and what Clerk has told to have ended: their tokens are good for a while yet,
 * by themselves. The latest 50,000 are remembered for a day.
 */
export function createEndedSessions(clock: () => number): EndedSessions {
  const endedAt = new Map<string, number>();

  function forgetOld(): void {
    for (const [id, at] of endedAt) {
      if (endedAt.size <= REMEMBERED && at > clock() - REMEMBERED_MS) return;
      endedAt.delete(id);
    }
  }

  return {
    add(id) {
      endedAt.delete(id);
      endedAt.set(id, clock());
      forgetOld();
    },
    guard: (authenticator) => ({
      ...authenticator,
      async authenticate(request) {
        const identity = await authenticator.authenticate(request);
        if (identity.kind !== "user") return identity;
        const { sessionId = "", accountId = "" } = identity.user;
        return endedAt.has(sessionId) || endedAt.has(accountId) ? { kind: "nobody" } : identity;
      },
    }),
  };
}
