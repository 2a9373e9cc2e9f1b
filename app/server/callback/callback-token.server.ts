import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { defined } from "#app/contract/defined.ts";
import type { Rotated } from "#app/contract/http.ts";
import { createSigningSecret } from "./callback-signature.server.ts";
import type { CallbackToken } from "#app/server/repository/job-repository.ts";

/** How long a callback token is good for after the registration. */
export const TOKEN_LIFETIME_MS = 7 * 24 * 3600 * 1000;

/** A new callback token: 256 random bits as base64url. It is shown once and never stored. */
export function createCallbackToken(): string {
  return randomBytes(32).toString("base64url");
}

/** A new token and, for `signed` callbacks, a secret: as they are stored, and as they are shown this once. */
export function issueToken({ now, signed }: { now: number; signed: boolean }): {
  token: CallbackToken;
  shown: Rotated;
} {
  const secret = createCallbackToken();
  const expiresAt = new Date(now + TOKEN_LIFETIME_MS).toISOString();
  const signingSecret = signed ? createSigningSecret() : undefined;
  return {
    token: { hash: hashToken(secret), expiresAt, ...defined({ signingSecret }) },
    shown: { callback_token: secret, expiresAt, ...defined({ signing_secret: signingSecret }) },
  };
}

/** What is stored of a callback token: its SHA-256. */
export function hashToken(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}

/** Compares two hashes in constant time. */
export function isSameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The token of a request: `Authorization: Bearer`, else `X-Callback-Token`. */
export function readCallbackToken(headers: Headers): string | undefined {
  return readBearer(headers) ?? headers.get("X-Callback-Token") ?? undefined;
}

/** What a request carries as `Authorization: Bearer`. */
export function readBearer(headers: Headers): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.get("Authorization") ?? "")?.[1];
}

/** Whether a request carries a callback token by its form, rather than a session or a service token. */
export function hasCallbackToken(headers: Headers): boolean {
  return headers.has("X-Callback-Token") || /^[\w-]{43}$/.test(readCallbackToken(headers) ?? "");
}
