import { expect, it } from "vitest";
import { createFailureLimit } from "./failure-limit.server.ts";

it("lets an address fail 60 times at once, then once a second", () => {
  let now = 0;
  const limit = createFailureLimit(() => now);
  const waits = Array.from({ length: 62 }, () => limit("203.0.113.9"));
  expect(waits.filter((seconds) => seconds > 0)).toHaveLength(2);
  now += 1_000;
  expect([limit("203.0.113.9"), limit("203.0.113.9")]).toEqual([0, 1]);
});

it("counts other addresses by themselves, and an IPv6 network as one", () => {
  const limit = createFailureLimit(() => 0);
  for (let n = 0; n < 60; n++) limit(`2001:db8:1:2::${n.toString(16)}`);
  expect(limit("2001:db8:1:2:3:4:5:6")).toBe(1);
  expect(limit("2001:db8:1:3::1")).toBe(0);
  expect(limit("203.0.113.9")).toBe(0);
});
