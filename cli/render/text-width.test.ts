import { expect, test } from "vitest";
import { cutEnd, cutMiddle, padEnd, padStart } from "./cut.ts";
import { textWidth } from "./text-width.ts";

test.each([
  ["", 0],
  ["Bericht.pdf", 11],
  ["Größe", 5],
  ["e\u0301", 1],
  ["報告書", 6],
  ["ｱｲｳ", 3],
  ["한국어", 6],
  ["👍", 2],
  ["👩‍👩‍👧", 2],
  ["🇩🇪", 2],
  ["❤️", 2],
  ["⚠", 1],
  ["✓ ━ …", 5],
  ["a\u200bb", 2],
])("%s takes %i cells", (text, cells) => {
  expect(textWidth(text)).toBe(cells);
});

test.each([
  ["Bericht.pdf", 11, "Bericht.pdf"],
  ["Bericht.pdf", 8, "Bericht…"],
  ["報告書", 4, "報…"],
  ["👍👍👍", 5, "👍👍…"],
  ["abc", 1, "…"],
  ["abc", 0, ""],
])("%s in %i cells is %s", (text, width, cut) => {
  expect(cutEnd(text, width, "…")).toBe(cut);
});

test.each([
  ["Jahresbericht 2025 – Gesamtausgabe mit Anlagen.pdf", 30, "Jahresbericht 2025 …nlagen.pdf"],
  ["Bericht.pdf", 30, "Bericht.pdf"],
  ["東京都議会議事録.pdf", 13, "東京都…録.pdf"],
  ["Bericht.pdf", 4, "Ber…"],
])("%s in %i cells keeps its end: %s", (title, width, cut) => {
  expect(cutMiddle(title, width, "…")).toBe(cut);
  expect(textWidth(cut)).toBeLessThanOrEqual(width);
});

test("padding counts cells", () => {
  expect(padEnd("報", 4)).toBe("報  ");
  expect(padStart("42 %", 5)).toBe(" 42 %");
  expect(padEnd("zu lang", 3)).toBe("zu lang");
});
