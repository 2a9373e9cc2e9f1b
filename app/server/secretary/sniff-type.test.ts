import { expect, it } from "vitest";
import { sniffType } from "./sniff-type.ts";

it.each([
  ["PK\u0003\u0004…", "pages-archive", "application/zip", "zip"],
  ["%PDF-1.7", "raw", "application/pdf", "pdf"],
  ['  {"seite":1}', "raw", "application/json", "json"],
  ["[1]", "markdown", "application/json", "json"],
  ["# Größe", "markdown", "text/markdown", "md"],
  ["Größe\n\tund mehr", "raw", "text/plain", "txt"],
  ["<script>alert(1)</script>", "raw", "text/plain", "txt"],
  ["", "raw", "text/plain", "txt"],
  ["a\u0000b", "raw", "application/octet-stream", "bin"],
])("takes %j of %s for %s", (beginning, name, type, extension) => {
  expect(sniffType(Buffer.from(beginning), name)).toEqual({ type, extension });
});

it("takes text for text that is cut within a character, and what is no UTF-8 for mere bytes", () => {
  expect(sniffType(Buffer.from("Größ").subarray(0, 3), "raw").type).toBe("text/plain");
  expect(sniffType(Uint8Array.of(0x47, 0xfc, 0x20), "raw").type).toBe("application/octet-stream");
});
