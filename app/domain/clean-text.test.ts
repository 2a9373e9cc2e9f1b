import * as fc from "fast-check";
import { expect, it } from "vitest";
import { cleanText, stripUnsafe } from "./clean-text.ts";

it("keeps ordinary text of any script as it is", () => {
  for (const text of ["Übergröße, 42 %", "日本語", "שלום", "👩‍👩‍👧‍👦 Familie", "a\tb\nc", ""]) {
    expect(stripUnsafe(text)).toBe(text);
  }
});

it.each([
  ["colours", "\u001B[31mrot\u001B[0m", "[31mrot[0m"],
  ["the title of a window", "\u001B]0;böse\u0007x", "]0;bösex"],
  ["the other escape codes", "\u009B31mrot", "31mrot"],
  ["a bell, a backspace and NUL", "a\u0007\b\0b", "ab"],
  ["a delete", "a\u007Fb", "ab"],
  ["turned around text", "a\u202Egpj.exe\u2066", "agpj.exe"],
  ["half a character", "a\uD83Db\uDE00", "ab"],
  ["a carriage return over what stood there", "100 %\rfalsch", "100 %\nfalsch"],
  ["line ends of Windows", "a\r\nb", "a\nb"],
])("takes out %s", (_, text, clean) => {
  expect(stripUnsafe(text)).toBe(clean);
});

it("cuts visibly, and never inside a character", () => {
  expect(cleanText("abcdef", 6)).toBe("abcdef");
  expect(cleanText("abcdefg", 6)).toBe("abcde…");
  expect(cleanText("abcd😀😀", 6)).toBe("abcd…");
});

it("never gives more than the limit, nothing unsafe, nothing that UTF-8 cannot carry", () => {
  const text = fc.string({ unit: "binary", maxLength: 60 });
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 40 }), (worker, limit) => {
      const clean = cleanText(worker, limit);
      expect(clean.length).toBeLessThanOrEqual(limit);
      expect(stripUnsafe(clean)).toBe(clean);
      expect(clean.isWellFormed()).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

it("marks every text it had to cut, and no other", () => {
  const plain = fc
    .string({ unit: "grapheme", maxLength: 60 })
    .map((text) => stripUnsafe(text).replace("…", ""));
  fc.assert(
    fc.property(plain, fc.integer({ min: 2, max: 40 }), (worker, limit) => {
      const clean = cleanText(worker, limit);
      expect(clean.endsWith("…") ? worker.length > limit : clean === worker).toBe(true);
    }),
  );
});
