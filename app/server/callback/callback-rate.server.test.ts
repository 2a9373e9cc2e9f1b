import { expect, it } from "vitest";
import { createCallbackRate } from "./callback-rate.server.ts";

const BURST = 200;
const NOW = Date.UTC(2026, 0, 1);

it("lets 200 through at once and says when to come with the next", () => {
  const rate = createCallbackRate();
  expect(take(rate, BURST)).toBe(BURST);
  expect(rate("job-1", NOW)).toBe(1);
});

it("lets 50 a second through from then on", () => {
  const rate = createCallbackRate();
  take(rate, BURST);
  expect(take(rate, 100, NOW + 1_000)).toBe(50);
  expect(take(rate, 100, NOW + 1_100)).toBe(5);
});

it("does not count what it refused", () => {
  const rate = createCallbackRate();
  take(rate, BURST + 10_000);
  expect(take(rate, 100, NOW + 1_000)).toBe(50);
});

it("saves up no more than the 200", () => {
  const rate = createCallbackRate();
  take(rate, 1);
  expect(take(rate, 1_000, NOW + 3_600_000)).toBe(BURST);
});

it("is each job's own", () => {
  const rate = createCallbackRate();
  take(rate, BURST);
  expect(rate("job-2", NOW)).toBe(0);
});

it("is not confused by a clock that goes back", () => {
  const rate = createCallbackRate();
  take(rate, BURST);
  expect(take(rate, 10, NOW - 60_000)).toBe(0);
});

it("forgets jobs that are quiet, and none that is not", () => {
  const rate = createCallbackRate();
  take(rate, BURST, NOW + 4_000);
  for (let job = 0; job < 10_100; job++) rate(`other-${job}`, NOW);
  expect(rate("job-1", NOW + 4_001)).toBeGreaterThan(0);
});

/** How many of so many callbacks of one job are let through. */
function take(rate: ReturnType<typeof createCallbackRate>, count: number, now = NOW): number {
  return Array.from({ length: count }, () => rate("job-1", now)).filter((seconds) => seconds === 0).length;
}
