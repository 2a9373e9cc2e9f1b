import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const PREFIX = "whsec_";
const TOLERANCE_SECONDS = 5 * 60;

/** A new secret for signatures of callbacks, as Standard Webhooks writes it. */
export function createSigningSecret(): string {
  return PREFIX + randomBytes(32).toString("base64");
}

/**
 * Whether a body was signed with the secret, no more than five minutes ago or ahead (Standard Webhooks 1, `v1`): an
 * HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`. A repetition within that time has the same
 * `webhook-id`, which makes it a duplicate. Compares in constant time. `prefix`: how the three headers begin, where it is
 * not `webhook`.
 */
export function isSigned(options: {
  secret: string;
  headers: Headers;
  body: Uint8Array;
  now: number;
  prefix?: "webhook" | "svix";
}): boolean {
  const { secret, headers, body, now, prefix = "webhook" } = options;
  const [id, timestamp, signatures] = ["id", "timestamp", "signature"].map(
    (name) => headers.get(`${prefix}-${name}`) ?? "",
  );
  if (!id || !signatures || !/^\d{1,12}$/.test(timestamp ?? "")) return false;
  if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const key = Buffer.from(secret.slice(PREFIX.length), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
  return signatures
    .split(" ")
    .filter((signature) => signature.startsWith("v1,"))
    .map((signature) => Buffer.from(signature.slice("v1,".length), "base64"))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
