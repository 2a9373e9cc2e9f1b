import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readEnv } from "#app/server/env.server.ts";
import { createLog } from "#app/server/log.server.ts";
import type { Authenticator } from "#app/server/sign-in/authenticator.ts";
import { createSignIn } from "#app/server/sign-in/create-sign-in.server.ts";
import { type FakeClerk, startClerk } from "../support/start-clerk.ts";
import { ANNA, authenticatorContract, BERT } from "./authenticator.suite.ts";

const WHERE = "http://localhost/api/external/jobs";
const VERIFIED = { email: "Anna@Example.org", email_verified: true };

authenticatorContract("Clerk, with a session in cookies", async () => {
  const { clerk, authenticator } = await open();
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const past = Math.floor(Date.now() / 1000) - 60;
  const made = async (claims: Record<string, unknown>, by?: Parameters<FakeClerk["token"]>[2]) =>
    byBearer(await clerk.token("user_a", { ...VERIFIED, ...claims }, by));
  return {
    authenticator,
    anna: async () => byCookie(await clerk.token("user_a", VERIFIED)),
    bert: async () => byCookie(await clerk.token("user_b", { email: BERT, email_verified: true })),
    forged: async () => ({
      "signed by somebody else": await made({}, { key: stranger }),
      "signed with the public key as secret": await made(
        {},
        { key: Buffer.from(clerk.env["CLERK_JWT_KEY"] ?? ""), alg: "HS256" },
      ),
      "not signed": byBearer(unsigned(await clerk.token("user_a", VERIFIED))),
      "with another payload": byBearer(spliced(await clerk.token("user_a"), await clerk.token("user_b"))),
      expired: await made({ exp: past, iat: past - 60, nbf: past - 60 }),
      "not good yet": await made({ nbf: past + 3_600 }),
      "for another audience": await made({ aud: "https://another.example" }),
      "of no session": await made({ sid: undefined }),
      "an API key nobody gave out": byBearer("ak_nobody0gave0this0out"),
      "a machine token": byBearer("mt_something"),
      "an access token": byBearer("oat_something"),
      "a cookie without the one beside it": new Request(WHERE, {
        headers: { Cookie: `__session=${await clerk.token("user_a", VERIFIED)}` },
      }),
    }),
    dispose: async () => clerk[Symbol.asyncDispose](),
  };
});

authenticatorContract("Clerk, with an API key", async () => {
  const { clerk, authenticator } = await open();
  return {
    authenticator,
    anna: () => Promise.resolve(byBearer("ak_anna")),
    bert: () => Promise.resolve(byBearer("ak_bert")),
    forged: () => Promise.resolve({ unknown: byBearer("ak_x"), "of an organisation": byBearer("ak_org") }),
    dispose: async () => clerk[Symbol.asyncDispose](),
  };
});

describe("the sign-in by Clerk", () => {
  let clerk: FakeClerk;
  let authenticator: Authenticator;
  let now: number;
  beforeEach(async () => {
    now = Date.now();
    ({ clerk, authenticator } = await open(() => now));
  });
  afterEach(() => clerk[Symbol.asyncDispose]());

  it("asks Clerk nothing where the token says the verified address", async () => {
    for (let n = 0; n < 50; n++) await asked(clerk.token("user_a", VERIFIED));
    expect([clerk.asked, clerk.connections()]).toEqual([[], 0]);
  });

  it("asks once for the address of a user, and again after ten minutes", async () => {
    const same = await Promise.all(Array.from({ length: 9 }, () => asked(clerk.token("user_a"))));
    expect(same.map(({ kind }) => kind)).toEqual(same.map(() => "user"));
    expect(clerk.asked).toEqual(["GET /v1/users/user_a"]);
    now += 10 * 60_000;
    await asked(clerk.token("user_a"));
    expect(clerk.asked).toHaveLength(2);
  });

  it("asks about an API key once a minute, so that a revoked one ends", async () => {
    await authenticator.authenticate(byBearer("ak_anna"));
    await authenticator.authenticate(byBearer("ak_anna"));
    expect(clerk.asked).toEqual(["POST /api_keys/verify", "GET /v1/users/user_a"]);
    clerk.apiKeys.delete("ak_anna");
    now += 60_000;
    expect(await authenticator.authenticate(byBearer("ak_anna"))).toEqual({ kind: "nobody" });
  });

  it("lets no stream outlive an API key", async () => {
    clerk.apiKeys.set("ak_short", { userId: "user_a", expiration: now + 5_000 });
    const identity = await authenticator.authenticate(byBearer("ak_short"));
    expect(identity).toMatchObject({ user: { sessionEndsAt: now + 5_000 } });
    now += 5_000;
    expect(await authenticator.authenticate(byBearer("ak_short"))).toEqual({ kind: "nobody" });
  });

  it("lets no stream outlive the session", async () => {
    const exp = Math.floor(now / 1000) + 30;
    const identity = await asked(clerk.token("user_a", { ...VERIFIED, exp }));
    const session = { sessionId: "sess_user_a", accountId: "user_a", sessionEndsAt: exp * 1000 };
    expect(identity).toEqual({ kind: "user", user: { userEmail: ANNA, ...session } });
  });

  it("takes no address that is not verified, from the token or from the backend", async () => {
    clerk.users.set("user_c", { email: ANNA, isVerified: false });
    expect(await asked(clerk.token("user_c"))).toEqual({ kind: "no_email" });
    expect(await asked(clerk.token("user_c", { email: ANNA }))).toEqual({ kind: "no_email" });
    const claimed = { email: ANNA, email_verified: false };
    expect(await asked(clerk.token("user_c", claimed))).toEqual({ kind: "no_email" });
    clerk.users.set("user_d", {});
    expect(await asked(clerk.token("user_d"))).toEqual({ kind: "no_email" });
  });

  it("knows nobody whose account is banned or gone", async () => {
    clerk.users.set("user_c", { email: ANNA, isBanned: true });
    expect(await asked(clerk.token("user_c"))).toEqual({ kind: "nobody" });
    expect(await asked(clerk.token("user_gone"))).toEqual({ kind: "nobody" });
  });

  it("says that it cannot tell while Clerk is away, and can at once when Clerk is back", async () => {
    clerk.fail(true);
    expect(await asked(clerk.token("user_a"))).toEqual({ kind: "unavailable" });
    expect(await authenticator.authenticate(byBearer("ak_anna"))).toEqual({ kind: "unavailable" });
    expect(await asked(clerk.token("user_a", VERIFIED))).toMatchObject({ kind: "user" });
    clerk.fail(false);
    expect(await asked(clerk.token("user_a"))).toMatchObject({ kind: "user" });
  });

  it("takes tokens of this address alone, where the address is known", async () => {
    const at = await open(Date.now, { JOBMON_BASE_URL: "https://jobs.example.org", ...clerk.env });
    const asks = async (azp: string) =>
      (await at.authenticator.authenticate(byBearer(await clerk.token("user_a", { ...VERIFIED, azp })))).kind;
    expect([await asks("https://jobs.example.org"), await asks("https://evil.example.org")]).toEqual([
      "user",
      "nobody",
    ]);
    await at.clerk[Symbol.asyncDispose]();
  });

  async function asked(token: Promise<string>) {
    return authenticator.authenticate(byBearer(await token));
  }
});

async function open(clock = Date.now, env: Record<string, string> = {}) {
  const clerk = await startClerk();
  clerk.users.set("user_a", { email: "Anna@Example.org" }).set("user_b", { email: BERT });
  clerk.apiKeys.set("ak_anna", { userId: "user_a" }).set("ak_bert", { userId: "user_b" });
  clerk.apiKeys.set("ak_org", { userId: "org_a" });
  const { authenticator } = await createSignIn({
    env: readEnv({}, { ...clerk.env, ...env }),
    clock,
    log: createLog("silent"),
  });
  return { clerk, authenticator };
}

function byBearer(token: string): Request {
  return new Request(WHERE, { headers: { Authorization: `Bearer ${token}` } });
}

function byCookie(token: string): Request {
  return new Request(WHERE, { headers: { Cookie: `__session=${token}; __client_uat=1` } });
}

function unsigned(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT", kid: "ins_1" })).toString("base64url");
  return `${header}.${token.split(".")[1]}.AA`;
}

function spliced(one: string, other: string): string {
  const [header, , signature] = one.split(".");
  return `${header}.${other.split(".")[1]}.${signature}`;
}
