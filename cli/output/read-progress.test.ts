import { expect, test } from "vitest";
import { parseProgress, readPercent, readProgress } from "./read-progress.ts";

test.each([
  ["42%", 42],
  ["downloading  42.5 %", 42.5],
  ["42,5 %", 42.5],
  [" 42%|████▏     | 42/100 [00:10<00:14,  4.20it/s]", 42],
  ["  1,234,567  12%    1.20MB/s    0:00:10", 12],
  ["tests/test_a.py ....   [ 7%]", 7],
  ["100%", 100],
  ["3/12", 25],
  ["[3/12] Building CXX object", 25],
  ["Step 1/3 : FROM alpine", 33.33],
  ["4/4 done", 100],
])("%j speaks of %d", (line, percent) => {
  expect(readProgress(line)).toBe(percent);
});

test.each([
  ["nothing"],
  ["50%off"],
  ["%20"],
  ["120%"],
  ["1.2.3%"],
  ["on 24/12/2026"],
  ["src/3/12"],
  ["12/3"],
  ["3/0"],
  ["version 1/2.5"],
])("%j speaks of none", (line) => {
  expect(readProgress(line)).toBeUndefined();
});

test("a line that is not over speaks by percent only: 1/1 may become 1/12", () => {
  expect(readPercent("1/1")).toBeUndefined();
  expect(readPercent(" 30%|#")).toBe(30);
});

test.each([
  ["42", { progress: 42 }],
  ["42.5%", { progress: 42.5 }],
  ["3/12", { progress: 25 }],
  ["3 / 12 Seite 3\n", { progress: 25, message: "Seite 3" }],
  ["42 half of it", { progress: 42, message: "half of it" }],
  ["", undefined],
  ["half", undefined],
  ["142", undefined],
  ["-1", undefined],
])("%j states %j", (text, stated) => {
  expect(parseProgress(text)).toEqual(stated);
});
