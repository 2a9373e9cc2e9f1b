import * as fc from "fast-check";
import { expect, it } from "vitest";
import { formatCursor, parseCursor } from "./cursor.ts";

const epochs = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((random) => random.toString(36));
const seqs = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });

it("reads back what it wrote", () => {
  fc.assert(
    fc.property(fc.record({ epoch: epochs, seq: seqs }), (cursor) => {
      expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
    }),
  );
});

it("writes plain ASCII that is safe as an SSE id and in an address", () => {
  fc.assert(
    fc.property(fc.record({ epoch: epochs, seq: seqs }), (cursor) => {
      expect(formatCursor(cursor)).toMatch(/^[0-9a-z.]+$/);
    }),
  );
});

it.each([
  ["empty", ""],
  ["only a dot", "."],
  ["no epoch", ".5"],
  ["no seq", "abc."],
  ["negative", "abc.-1"],
  ["a leading zero", "abc.01"],
  ["a fraction", "abc.1.5"],
  ["hexadecimal", "abc.0x10"],
  ["larger than any feed", `abc.${"9".repeat(20)}`],
  ["capitals", "ABC.5"],
  ["a space", "abc. 5"],
  ["a line feed at the end", "abc.5\n"],
  ["two lines", "abc.5\r\nevent: bye"],
  ["a NUL", "abc.5\0"],
  ["other digits", "abc.٣"],
  ["a megabyte", "a".repeat(1_000_000)],
  ["a megabyte of digits", `abc.${"1".repeat(1_000_000)}`],
])("takes nothing for a cursor that is %s", (_, text) => {
  expect(parseCursor(text)).toBeUndefined();
});

it("gives back any text unchanged or not at all, and never throws", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-z]*\.[0-9]*$/)), (text) => {
      const cursor = parseCursor(text);
      expect(cursor === undefined ? undefined : formatCursor(cursor)).toBeOneOf([undefined, text]);
    }),
  );
});
