import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findDocuments, splitPages } from "./read-documents.ts";

test.each([
  ["nothing at all", "", []],
  ["one word", "Protokoll\n", [1]],
  ["two pages and a bit", "wort ".repeat(450), [200, 200, 50]],
])("%s has pages of 200 words", (_, text, words) => {
  expect(splitPages(text).map((page) => page.words)).toEqual(words);
});

test("pages lose no word", () => {
  const text = Array.from({ length: 777 }, (_, at) => `w${at}`).join(" \n");
  const pages = splitPages(text).map(({ content }) => content);
  expect(pages.join("")).toBe(text);
});

test("documents are the Markdown of the package and its licence", async () => {
  const root = await mkdtemp(join(tmpdir(), "jobmon-documents-"));
  try {
    await mkdir(join(root, "docs", "decisions"), { recursive: true });
    await writeFile(join(root, "README.md"), "eins zwei drei");
    await writeFile(join(root, "LICENSE"), "MIT");
    await writeFile(join(root, "package.json"), "{}");
    await writeFile(join(root, "docs", "decisions", "0001.md"), "eins");
    const found = await findDocuments(root);
    expect(found.map(({ name }) => name)).toEqual(["README.md", "docs/decisions/0001.md", "LICENSE"]);
    expect(await found[0]?.readPages()).toEqual([{ content: "eins zwei drei", words: 3 }]);
  } finally {
    await rm(root, { recursive: true });
  }
});
