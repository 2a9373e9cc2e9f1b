import { createClerkClient, type User as ClerkUser } from "@clerk/backend";
import { isClerkAPIResponseError } from "@clerk/backend/errors";

const PATIENCE_MS = 5_000;
/** More questions at a time are not asked: whoever sends made-up keys must not make this server flood Clerk. */
const AT_ONCE = 32;
/** By these statuses Clerk says that something is not there or not good; by others that it could not tell. */
const REFUSALS = new Set([400, 404, 422]);

/** Clerk did not answer a question; the message names the cause. */
export class ClerkUnavailableError extends Error {
  readonly code = "clerk_unavailable";
}

/** A user who may sign in; the e-mail address is a verified one, lower case. */
export type KnownUser = { email?: string };

/** An API key of a user; `expiresAt` in milliseconds since 1970. */
export type KnownKey = { userId: string; expiresAt?: number };

/** What jobmon asks of Clerk's backend. Undefined: there is no such. Rejects with ClerkUnavailableError. */
export type ClerkBackend = {
  user(userId: string): Promise<KnownUser | undefined>;
  apiKey(secret: string): Promise<KnownKey | undefined>;
};

export type ClerkKeys = { secretKey: string; publishableKey: string; apiUrl?: string };

/** The backend at `apiUrl`, else the one the keys belong to. */
export function createClerkBackend(keys: ClerkKeys): ClerkBackend {
  const clerk = createClerkClient({ ...keys, telemetry: { disabled: true } });
  let asked = 0;

  async function ask<Answer>(question: () => Promise<Answer>): Promise<Answer | undefined> {
    if (asked >= AT_ONCE) throw new ClerkUnavailableError("too many questions at once");
    asked += 1;
    try {
      return await withPatience(question());
    } catch (error) {
      if (isClerkAPIResponseError(error) && REFUSALS.has(error.status)) return undefined;
      throw new ClerkUnavailableError("Clerk's backend did not answer", { cause: error });
    } finally {
      asked -= 1;
    }
  }

  return {
    async user(userId) {
      const user = await ask(() => clerk.users.getUser(userId));
      return user === undefined || user.banned ? undefined : verifiedEmail(user);
    },
    async apiKey(secret) {
      const key = await ask(() => clerk.apiKeys.verify(secret));
      const isGood = key !== undefined && !key.revoked && !key.expired && key.subject.startsWith("user_");
      if (!isGood) return undefined;
      return { userId: key.subject, ...(key.expiration === null ? {} : { expiresAt: key.expiration }) };
    },
  };
}

function verifiedEmail({ emailAddresses, primaryEmailAddressId }: ClerkUser): KnownUser {
  const primary = emailAddresses.find(({ id }) => id === primaryEmailAddressId);
  return primary?.verification?.status === "verified" ? { email: primary.emailAddress.toLowerCase() } : {};
}

/** Clerk's client waits for ever. */
async function withPatience<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(reject, PATIENCE_MS, new Error(`no answer within ${PATIENCE_MS} ms`));
  try {
    return await Promise.race([answer, promise]);
  } finally {
    clearTimeout(timer);
  }
}
