import { textWidth } from "../render/text-width.ts";

/** A text in lines of at most `width` cells, broken at spaces; a word that is longer stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Terms with what they mean in a column of its own; below 50 columns the meaning stands under its term. */
export function renderTerms(terms: readonly (readonly [string, string])[], width: number): string {
  const column = Math.max(0, ...terms.map(([term]) => textWidth(term))) + 2;
  const isNarrow = width < 50;
  const indent = isNarrow ? 6 : 2 + column;
  return terms
    .map(([term, text]) => {
      const lines = wrap(text, Math.max(20, width - indent - 1));
      const first = isNarrow ? `  ${term}\n${" ".repeat(indent)}` : `  ${term.padEnd(column)}`;
      return `${first}${lines.join(`\n${" ".repeat(indent)}`)}\n`;
    })
    .join("");
}
