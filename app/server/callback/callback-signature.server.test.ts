import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { createSigningSecret, isSigned } from "./callback-signature.server.ts";

const NOW = Date.parse("2026-11-26T12:00:00Z");
const BODY = '{"message":"Seite 38/91 – Übersicht"}';

describe("a body signed as Standard Webhooks says", () => {
  it("is taken, within five minutes of its time", () => {
    const secret = createSigningSecret();
    for (const seconds of [0, -299, 299]) expect(check(secret, signed(secret, seconds))).toBe(true);
    for (const seconds of [-301, 301]) expect(check(secret, signed(secret, seconds))).toBe(false);
  });

  it("is taken with one good signature among others, as while a secret is exchanged", () => {
    const secret = createSigningSecret();
    const headers = signed(secret);
    const all = ["v1a,AAAA", "v1,AAAA", headers["webhook-signature"], "v2,x"].join(" ");
    expect(check(secret, { ...headers, "webhook-signature": all })).toBe(true);
  });

  it.each([
    ["another secret", (headers: Signed) => ({ ...headers, ...signed(createSigningSecret()) })],
    ["another id", (headers: Signed) => ({ ...headers, "webhook-id": "msg_2" })],
    ["another time", (headers: Signed) => ({ ...headers, "webhook-timestamp": String(NOW / 1000 + 1) })],
    ["no signature", (headers: Signed) => ({ ...headers, "webhook-signature": "" })],
    ["no time", (headers: Signed) => ({ ...headers, "webhook-timestamp": "now" })],
    [
      "another version",
      (headers: Signed) => ({
        ...headers,
        "webhook-signature": `v9,${headers["webhook-signature"].slice(3)}`,
      }),
    ],
  ])("is refused with %s", (_, change) => {
    const secret = createSigningSecret();
    expect(check(secret, change(signed(secret)))).toBe(false);
  });

  it("is refused with a byte more", () => {
    const secret = createSigningSecret();
    expect(check(secret, signed(secret), `${BODY} `)).toBe(false);
  });
});

type Signed = ReturnType<typeof signed>;

/** By the library that others use. */
function signed(secret: string, seconds = 0) {
  const at = new Date(NOW + seconds * 1000);
  return {
    "webhook-id": "msg_1",
    "webhook-timestamp": String(at.getTime() / 1000),
    "webhook-signature": new Webhook(secret).sign("msg_1", at, BODY),
  };
}

function check(secret: string, headers: Record<string, string>, body = BODY): boolean {
  return isSigned({ secret, headers: new Headers(headers), body: new TextEncoder().encode(body), now: NOW });
}
