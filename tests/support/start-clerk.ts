import { generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SignJWT } from "jose";

/** Clerk's own key for one instance; made once, as that takes long. */
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

const FRONTEND = "clerk.jobmon.test";

type StoredUser = { email?: string; isVerified?: boolean; isBanned?: boolean };
type StoredKey = { userId: string; expiration?: number };

/** Clerk as far as jobmon asks it: its backend over HTTP, and tokens as Clerk signs them. */
export type FakeClerk = {
  /** The environment that switches jobmon to it. */
  env: Record<string, string>;
  users: Map<string, StoredUser>;
  apiKeys: Map<string, StoredKey>;
  /** The questions so far, such as `GET /v1/users/user_1`, in order. */
  asked: string[];
  /** TCP connections so far. */
  connections(): number;
  /** A session token; `claims` win over what Clerk puts in, undefined leaves one out. */
  token(userId: string, claims?: Record<string, unknown>, by?: Signing): Promise<string>;
  /** Whether it refuses every question, as during an outage. */
  fail(isDown: boolean): void;
} & AsyncDisposable;

type Signing = { key?: KeyObject | Uint8Array; alg?: string };

/** Starts it on a free port. */
export async function startClerk(): Promise<FakeClerk> {
  const [users, apiKeys, asked] = [
    new Map<string, StoredUser>(),
    new Map<string, StoredKey>(),
    [] as string[],
  ];
  let isDown = false;
  let connections = 0;

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const { method = "", url = "" } = request;
    asked.push(`${method} ${url}`);
    if (isDown) return { status: 503, body: { errors: [] } };
    if (url === "/api_keys/verify") {
      const { secret } = JSON.parse(await text(request)) as { secret: string };
      return found(keyBody(apiKeys.get(secret)));
    }
    const userId = /^\/v1\/users\/(\w+)$/.exec(url)?.[1] ?? "";
    return found(userBody(userId, users.get(userId)));
  }

  const server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => {
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    });
  });
  server.on("connection", () => void connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    users,
    apiKeys,
    asked,
    connections: () => connections,
    env: {
      CLERK_SECRET_KEY: "sk_live_planted0secret",
      VITE_CLERK_PUBLISHABLE_KEY: `pk_live_${Buffer.from(`${FRONTEND}$`).toString("base64")}`,
      CLERK_JWT_KEY: publicKey.export({ type: "spki", format: "pem" }).toString(),
      CLERK_API_URL: `http://127.0.0.1:${port}`,
    },
    token(userId, claims = {}, { key = privateKey, alg = "RS256" } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const usual = {
        sub: userId,
        sid: `sess_${userId}`,
        iss: `https://${FRONTEND}`,
        azp: "http://localhost",
        v: 2,
      };
      const times = { iat: now - 1, nbf: now - 11, exp: now + 60, jti: randomUUID() };
      const payload = JSON.parse(JSON.stringify({ ...usual, ...times, ...claims })) as Record<
        string,
        unknown
      >;
      return new SignJWT(payload).setProtectedHeader({ alg, kid: "ins_1", typ: "JWT" }).sign(key);
    },
    fail: (now) => void (isDown = now),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function found(body: unknown): { status: number; body: unknown } {
  const errors = [{ code: "resource_not_found", message: "not found" }];
  return body === undefined ? { status: 404, body: { errors } } : { status: 200, body };
}

function userBody(id: string, user: StoredUser | undefined) {
  if (user === undefined) return undefined;
  const { email, isVerified = true, isBanned = false } = user;
  const verification = isVerified ? { status: "verified", strategy: "email_code" } : null;
  const address = { id: "idn_1", object: "email_address", email_address: email, verification, linked_to: [] };
  return {
    object: "user",
    id,
    banned: isBanned,
    primary_email_address_id: email === undefined ? null : "idn_1",
    email_addresses: email === undefined ? [] : [address],
  };
}

function keyBody(key: StoredKey | undefined) {
  if (key === undefined) return undefined;
  const { userId: subject, expiration = null } = key;
  const rest = {
    type: "api_key",
    name: "terminal",
    scopes: [],
    claims: null,
    revoked: false,
    expired: false,
  };
  return { object: "api_key", id: "ak_1", subject, expiration, ...rest };
}
