import { cellsOf } from "../../cli/render/text-width.ts";

/** A cell's text and how it is painted: the parameters of the last SGR sequence, `""` for none. */
export type Cell = { text: string; style: string; cells: number };

const SEQUENCE = /\u001b\[([\d;]*)([A-Za-z])/y; // oxlint-disable-line eslint/no-control-regex -- what a terminal is told

/**
 * What a terminal shows after these bytes: lines of cells. Knows what the terminal client writes, and refuses the rest:
 * carriage return, line feed, cursor up, erase to the end of line and of screen, colours.
 */
export function screenOf(bytes: string): Cell[][] {
  const lines: Cell[][] = [[]];
  let row = 0;
  let column = 0;
  let style = "";
  for (let at = 0; at < bytes.length;) {
    SEQUENCE.lastIndex = at;
    const match = SEQUENCE.exec(bytes);
    if (match !== null) {
      const [sequence, parameters = "", command] = match;
      at += sequence.length;
      if (command === "m") style = /^(0|39|22|49)?$/.test(parameters) ? "" : parameters;
      else if (command === "A") row = Math.max(0, row - Number(parameters || 1));
      else if (command === "K") lines[row]?.splice(column);
      else if (command === "J") {
        lines[row]?.splice(column);
        lines.splice(row + 1);
      } else throw new Error(`a sequence that no jobmon writes: ${JSON.stringify(sequence)}`);
      continue;
    }
    const end = bytes.slice(at).search(/[\r\n\u001b]/); // oxlint-disable-line eslint/no-control-regex -- as above
    const text = end === -1 ? bytes.slice(at) : bytes.slice(at, at + end);
    if (text === "") {
      column = 0;
      if (bytes[at] === "\n") row++;
      lines[row] ??= [];
      at++;
      continue;
    }
    for (const { character, cells } of cellsOf(text)) {
      const line = (lines[row] ??= []);
      line.splice(column, 1, { text: character, style, cells });
      column++;
    }
    at += text.length;
  }
  return lines;
}
