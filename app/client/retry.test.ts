import * as fc from "fast-check";
import { expect, it } from "vitest";
import { backoffMs } from "./retry.ts";

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

it.each([
  [0, 1_000],
  [1, 2_000],
  [2, 4_000],
  [3, 8_000],
  [4, 16_000],
  [5, 30_000],
  [6, 30_000],
  [1_000_000, 30_000],
])("before retry %i waits up to %i ms, and anything below", (attempt, ceiling) => {
  fc.assert(
    fc.property(random, (dice) => {
      expect(backoffMs(attempt, dice)).toBe(Math.round(ceiling * dice));
    }),
  );
});

it("never comes back before the server wants it to", () => {
  fc.assert(
    fc.property(fc.nat(20), random, fc.nat(120_000), (attempt, dice, retryAfterMs) => {
      const wait = backoffMs(attempt, dice, retryAfterMs);
      expect(wait).toBe(Math.max(retryAfterMs, backoffMs(attempt, dice)));
    }),
  );
});

it("never waits longer than a timer can", () => {
  expect(backoffMs(0, 0, Number.MAX_SAFE_INTEGER)).toBe(86_400_000);
  expect(backoffMs(0, 0, Number.POSITIVE_INFINITY)).toBe(86_400_000);
});
