import { expect, test } from "vitest";
import { addLine, type LogLine } from "./job-lines.ts";

test.each([
  ["the next line is appended", [0, 1], 2, [0, 1, 2]],
  ["a known line changes nothing", [0, 1, 2], 1, [0, 1, 2]],
  ["a late line finds its place", [0, 2], 1, [0, 1, 2]],
  ["the first line may come late", [5], 4, [4, 5]],
  ["a line may be the first", [], 7, [7]],
])("%s", (_, known, index, expected) => {
  expect(addLine(known.map(line), line(index)).map((each) => each.index)).toEqual(expected);
});

test("A known line gives the very same array back", () => {
  const lines = [line(0), line(1)];
  expect(addLine(lines, line(1))).toBe(lines);
});

test("The last 500 are kept", () => {
  const lines = Array.from({ length: 500 }, (_, index) => line(index));
  const more = addLine(lines, line(500));
  expect([more.length, more[0]?.index, more.at(-1)?.index]).toEqual([500, 1, 500]);
});

function line(index: number): LogLine {
  return { index, entry: { timestamp: "2026-11-23T14:21:14.000Z", level: "info", message: `line ${index}` } };
}
