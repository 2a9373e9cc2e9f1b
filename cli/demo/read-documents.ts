import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

const WORDS_PER_PAGE = 200;
const MOST = 5;

/** Part of a text, with how many words it has. */
export type Page = { content: string; words: number };
export type Document = { name: string; readPages(): Promise<Page[]> };

/** The longest of the package's own documents: Markdown next to package.json and below docs/, and the licence. */
export async function findDocuments(root: string): Promise<Document[]> {
  const beside = await readdir(root);
  const below = await readdir(join(root, "docs"), { recursive: true }).catch(() => []);
  const names = [...beside, ...below.map((name) => join("docs", name))];
  const found = names.filter((name) => name.endsWith(".md") || name === "LICENSE");
  const sized = await Promise.all(
    found.map(async (name) => ({ name, size: (await stat(join(root, name))).size })),
  );
  return sized
    .sort((a, b) => b.size - a.size)
    .slice(0, MOST)
    .map(({ name }) => ({
      name,
      readPages: async () => splitPages(await readFile(join(root, name), "utf8")),
    }));
}

/** A text in pages of about 200 words. Joined, the pages are the text. */
export function splitPages(text: string): Page[] {
  const parts = text.split(/(?<=\S)(?=\s)/).filter((part) => part !== "");
  const pages: Page[] = [];
  for (let at = 0; at < parts.length; at += WORDS_PER_PAGE) {
    const words = parts.slice(at, at + WORDS_PER_PAGE);
    pages.push({ content: words.join(""), words: words.filter((word) => word.trim() !== "").length });
  }
  return pages;
}
