import { expect, it } from "vitest";
import { usualTime } from "./usual-time.ts";

it("is the quartiles of what others took, in whatever order they come", () => {
  expect(usualTime([50, 10, 30, 20, 40])).toEqual({ count: 5, low: 20, median: 30, high: 40 });
  expect(usualTime([10, 20])).toEqual({ count: 2, low: 12.5, median: 15, high: 17.5 });
  expect(usualTime([7])).toEqual({ count: 1, low: 7, median: 7, high: 7 });
  expect(usualTime([])).toBeUndefined();
});
