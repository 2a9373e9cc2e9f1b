import type { Authenticator } from "./authenticator.ts";

/** Longer than any session token lives. */
const REMEMBERED_MS = 24 * 3_600_000;
const REMEMBERED = 50_000;

export type EndedSessions = {
  add(sessionId: string): void;
  /** The same sign-in, to which nobody comes by a session that has ended. */
  guard(authenticator: Authenticator): Authenticator;
};

/**
 * Sessions whose users have signed out here: their tokens are good for a while yet, by themselves. The latest 50,000
 * are remembered for a day.
 */
export function createEndedSessions(clock: () => number): EndedSessions {
  const endedAt = new Map<string, number>();

  function forgetOld(): void {
    for (const [sessionId, at] of endedAt) {
      if (endedAt.size <= REMEMBERED && at > clock() - REMEMBERED_MS) return;
      endedAt.delete(sessionId);
    }
  }

  return {
    add(sessionId) {
      endedAt.delete(sessionId);
      endedAt.set(sessionId, clock());
      forgetOld();
    },
    guard: (authenticator) => ({
      ...authenticator,
      async authenticate(request) {
        const identity = await authenticator.authenticate(request);
        const sessionId = identity.kind === "user" ? identity.user.sessionId : undefined;
        return sessionId !== undefined && endedAt.has(sessionId) ? { kind: "nobody" } : identity;
      },
    }),
  };
}
