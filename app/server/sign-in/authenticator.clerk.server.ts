import { createHash } from "node:crypto";
import { readBearer } from "#app/server/callback/callback-token.server.ts";
import { createAnswerCache } from "./answer-cache.ts";
import type { Authenticator, Identity, User } from "./authenticator.ts";
import type { ClerkBackend, KnownKey, KnownUser } from "./clerk-backend.server.ts";
import { type ClerkSessions, SIGN_IN_PATH } from "./clerk-sessions.server.ts";

/** How long Clerk's word counts on an e-mail address and on an API key; at most so many of each are kept. */
const USER_MS = 10 * 60_000;
const KEY_MS = 60_000;
const KEPT = 5_000;
/** Nobody tells us when a key is revoked: a stream ends after this long, and its client is asked for the key again. */
const KEY_STREAM_MS = 5 * 60_000;

const API_KEY = /^ak_\w+$/;
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** When and by what names a session ends. */
type Session = Omit<User, "userEmail">;

/**
 * Clerk: session tokens in its cookies or as bearer, API keys as bearer. The e-mail address is that of the session's
 * claims where they say that it is verified, else Clerk's backend is asked for it, once in a while.
 */
export function createClerkAuthenticator(options: {
  sessions: ClerkSessions;
  backend: ClerkBackend;
  clock: () => number;
  /** Clerk could not be asked. */
  onUnavailable: (error: unknown) => void;
}): Authenticator {
  const { sessions, backend, clock, onUnavailable } = options;
  const users = createAnswerCache<KnownUser | undefined>({ keepMs: () => USER_MS, limit: KEPT, clock });
  const keys = createAnswerCache<KnownKey | undefined>({ keepMs: () => KEY_MS, limit: KEPT, clock });

  async function identify(request: Request): Promise<Identity> {
    const bearer = readBearer(request.headers);
    if (bearer !== undefined && API_KEY.test(bearer)) return byKey(bearer);
    // Clerk would be asked about tokens of other kinds, which nobody needs here.
    if (request.headers.has("Authorization") && !JWT.test(bearer ?? "")) return { kind: "nobody" };
    const claims = await sessions.claims(request);
    if (claims === undefined) return { kind: "nobody" };
    const { sub: accountId, sid: sessionId, exp } = claims;
    const session = { sessionId, accountId, sessionEndsAt: exp * 1000 };
    const isVerified = claims.email !== undefined && claims.email_verified === true;
    return isVerified ? named(claims.email, session) : byUser(accountId, session);
  }

  /** A key is kept by its digest. */
  async function byKey(secret: string): Promise<Identity> {
    const digest = createHash("sha256").update(secret).digest("base64");
    const key = await keys.get(digest, () => backend.apiKey(secret));
    const expiresAt = key?.expiresAt ?? Infinity;
    if (key === undefined || expiresAt <= clock()) return { kind: "nobody" };
    const sessionEndsAt = Math.min(clock() + KEY_STREAM_MS, expiresAt);
    return byUser(key.userId, { accountId: key.userId, sessionEndsAt });
  }

  async function byUser(userId: string, session: Session): Promise<Identity> {
    const user = await users.get(userId, () => backend.user(userId));
    return user === undefined ? { kind: "nobody" } : named(user.email, session);
  }

  return {
    mode: "clerk",
    signInPath: SIGN_IN_PATH,
    async authenticate(request) {
      try {
        return await identify(request);
      } catch (error) {
        onUnavailable(error);
        return { kind: "unavailable" };
      }
    },
    answerPage: sessions.answerPage,
    browserState: sessions.browserState,
  };
}

function named(userEmail: string | undefined, session: Session): Identity {
  return userEmail === undefined ? { kind: "no_email" } : { kind: "user", user: { userEmail, ...session } };
}
