import { expect, it } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

const NOW = Date.parse("2026-11-23T13:00:00Z");

it.each([
  ["120", 120_000],
  ["0", 0],
  ["Mon, 23 Nov 2026 13:02:00 GMT", 120_000],
  ["Mon, 23 Nov 2026 12:00:00 GMT", 0],
  ["-5", 0],
  ["soon", 0],
  ["", 0],
])("reads Retry-After: %j as %i ms", (text, expected) => {
  expect(retryAfterMs(new Headers({ "Retry-After": text }), NOW)).toBe(expected);
});

it("is 0 without the header", () => {
  expect(retryAfterMs(new Headers(), NOW)).toBe(0);
});

it("counts from the server's clock where the answer tells it", () => {
  const headers = { "Retry-After": "Mon, 23 Nov 2026 12:00:30 GMT", Date: "Mon, 23 Nov 2026 12:00:00 GMT" };
  expect(retryAfterMs(new Headers(headers), NOW)).toBe(30_000);
});
