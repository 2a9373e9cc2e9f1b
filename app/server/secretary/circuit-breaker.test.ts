import { beforeEach, describe, expect, it } from "vitest";
import { type CircuitBreaker, createCircuitBreaker } from "./circuit-breaker.ts";

const PAUSE = 30_000;

let now: number;
let breaker: CircuitBreaker;
beforeEach(() => {
  now = 1_000_000;
  breaker = createCircuitBreaker({ clock: () => now, pauseMs: PAUSE });
});

describe("a service that answers", () => {
  it("is asked as often as anybody wants, also after fewer than five faults in a row", () => {
    fail(4);
    expect([breaker.isOpen(), allowed(100)]).toEqual([false, 100]);
  });

  it("is forgiven its faults by one answer", () => {
    fail(4);
    breaker.succeeded();
    fail(4);
    expect(breaker.isOpen()).toBe(false);
  });
});

describe("a service that is down", () => {
  it("is asked nothing for a pause after the fifth fault, then one question", () => {
    fail(5);
    expect([breaker.isOpen(), allowed(100)]).toEqual([true, 0]);
    now += PAUSE - 1;
    expect(allowed(100)).toBe(0);
    now += 1;
    expect(allowed(100)).toBe(1);
  });

  it("is left alone for longer from fault to fault, ten pauses at most", () => {
    fail(5);
    const pauses = Array.from({ length: 7 }, () => {
      const from = now;
      while (!breaker.allows()) now += PAUSE;
      breaker.failed();
      return (now - from) / PAUSE;
    });
    expect(pauses).toEqual([1, 2, 4, 8, 10, 10, 10]);
  });

  it("is asked again after a pause where nothing came of the last question", () => {
    fail(5);
    now += PAUSE;
    expect(allowed(1)).toBe(1);
    now += PAUSE;
    expect(allowed(1)).toBe(1);
  });

  it("is asked freely after its first answer", () => {
    fail(9);
    breaker.succeeded();
    expect([breaker.isOpen(), allowed(100)]).toEqual([false, 100]);
  });
});

function fail(times: number): void {
  for (let n = 0; n < times; n++) breaker.failed();
}

/** How many of so many questions may be put now. */
function allowed(wanted: number): number {
  return Array.from({ length: wanted }, () => breaker.allows()).filter(Boolean).length;
}
