import { expect, test } from "vitest";
import { cutTitle } from "./cut-title.ts";

test.each([
  ["scan_0042.pdf", "scan_0042.pdf", ""],
  [
    "Jahresbericht 2025 – Gesamtfassung mit Anlagen.pdf",
    "Jahresbericht 2025 – Gesamtfassung mit A",
    "nlagen.pdf",
  ],
  ["Quartalszahlen des Bauamts ohne Endung", "Quartalszahlen des Bauamts ohne ", "Endung"],
  ["Protokoll Gemeinderat, Sitzung 12.extension", "Protokoll Gemeinderat, Sitzung 12.ext", "ension"],
  ["", "", ""],
])("%s is cut into %s and %s", (title, head, tail) => {
  expect(cutTitle(title)).toEqual([head, tail]);
});

test("A family of emoji is one character", () => {
  const [head, tail] = cutTitle(`Urlaubsfotos vom Strand ${"👩‍👩‍👧‍👦".repeat(7)}`);
  expect(head.endsWith("👩‍👩‍👧‍👦")).toBe(true);
  expect(tail).toBe("👩‍👩‍👧‍👦".repeat(6));
});
