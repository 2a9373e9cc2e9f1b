import { cellsOf, textWidth } from "./text-width.ts";

/** A text of at most `width` cells: its beginning, and what marks the cut. Never cut inside a character. */
export function cutEnd(text: string, width: number, mark: string): string {
  if (textWidth(text) <= width) return text;
  return take(text, width - mark.length) + mark.slice(0, Math.max(0, width));
}

/** A title of at most `width` cells that keeps its end, because that is how file names differ. */
export function cutMiddle(text: string, width: number, mark: string): string {
  if (textWidth(text) <= width) return text;
  const tail = Math.min(10, Math.floor((width - mark.length) / 2));
  if (tail < 3) return cutEnd(text, width, mark);
  return take(text, width - mark.length - tail) + mark + takeLast(text, tail);
}

/** Exactly `width` cells, filled up at the end; a longer text stays as it is. */
export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - textWidth(text)));
}

/** Exactly `width` cells, filled up at the beginning; a longer text stays as it is. */
export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - textWidth(text))) + text;
}

function take(text: string, width: number): string {
  return takeFitting(cellsOf(text), width).join("");
}

function takeLast(text: string, width: number): string {
  return takeFitting(cellsOf(text).toReversed(), width).toReversed().join("");
}

function takeFitting(cells: ReturnType<typeof cellsOf>, width: number): string[] {
  let left = width;
  const end = cells.findIndex(({ cells: taken }) => (left -= taken) < 0);
  return cells.slice(0, end === -1 ? cells.length : end).map(({ character }) => character);
}
