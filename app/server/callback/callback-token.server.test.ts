import { expect, it } from "vitest";
import {
  createCallbackToken,
  hasCallbackToken,
  hashToken,
  isSameHash,
  readCallbackToken,
} from "./callback-token.server.ts";

it("makes tokens of 256 random bits, safe in a header and in an address", () => {
  const tokens = Array.from({ length: 100 }, createCallbackToken);
  expect(new Set(tokens).size).toBe(100);
  for (const token of tokens) {
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
  }
});

it("knows a token by its hash alone", () => {
  const token = createCallbackToken();
  expect(hashToken(token)).toHaveLength(32);
  expect(isSameHash(hashToken(token), hashToken(token))).toBe(true);
  expect(isSameHash(hashToken(token), hashToken(createCallbackToken()))).toBe(false);
  expect(isSameHash(hashToken(token), new Uint8Array())).toBe(false);
});

it.each<[string, Record<string, string>, string | undefined]>([
  ["as a bearer", { Authorization: "Bearer abc" }, "abc"],
  ["whatever the case of the scheme", { authorization: "bearer abc" }, "abc"],
  ["in its own header", { "X-Callback-Token": "abc" }, "abc"],
  ["in both, as the Secretary sends it", { Authorization: "Bearer abc", "X-Callback-Token": "abc" }, "abc"],
  [
    "in its own header beside another scheme",
    { Authorization: "Basic eDp5", "X-Callback-Token": "abc" },
    "abc",
  ],
  ["nowhere", {}, undefined],
  ["not in an empty bearer", { Authorization: "Bearer " }, undefined],
  ["not in two words", { Authorization: "Bearer a b" }, undefined],
])("reads the token %s", (_, headers, token) => {
  expect(readCallbackToken(new Headers(headers))).toBe(token);
});

it("tells a callback token from another bearer by its form", () => {
  const token = createCallbackToken();
  expect(hasCallbackToken(new Headers({ Authorization: `Bearer ${token}` }))).toBe(true);
  expect(hasCallbackToken(new Headers({ "X-Callback-Token": "anything" }))).toBe(true);
  expect(hasCallbackToken(new Headers({ Authorization: "Bearer eyJhbGciOi.session.token" }))).toBe(false);
  expect(hasCallbackToken(new Headers())).toBe(false);
});
