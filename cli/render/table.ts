import { cutEnd, padEnd } from "./cut.ts";
import { textWidth } from "./text-width.ts";

/** A column: its cells as text, and how they are painted once their width is settled. */
export type Column<Row> = {
  heading: string;
  text: (row: Row) => string;
  paint?: (row: Row, text: string) => string;
  /** Gives way when the table is too wide: the last such column first. */
  isElastic?: boolean;
};

const GAP = "  ";
const LEAST = 8;

/** A table without borders, its headings faint; elastic columns are cut until it fits the width. */
export function renderTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width, faint, cut }: { width: number; faint: (text: string) => string; cut: string },
): string {
  if (rows.length === 0) return "";
  const cells = rows.map((row) => columns.map(({ text }) => text(row)));
  const widths = columns.map(({ heading }, at) =>
    Math.max(textWidth(heading), ...cells.map((line) => textWidth(line[at] ?? ""))),
  );
  let excess = widths.reduce((sum, cell) => sum + cell, 0) + GAP.length * (columns.length - 1) - (width - 1);
  for (const [at, { isElastic }] of [...columns.entries()].toReversed()) {
    const own = widths[at] ?? 0;
    if (!isElastic || excess <= 0) continue;
    widths[at] = Math.max(Math.min(own, LEAST), own - excess);
    excess -= own - (widths[at] ?? 0);
  }
  const line = (texts: readonly string[], paint: (at: number, text: string) => string): string =>
    texts
      .map((text, at) => paint(at, padEnd(cutEnd(text, widths[at] ?? 0, cut), widths[at] ?? 0)))
      .join(GAP)
      .trimEnd();
  const headings = line(
    columns.map(({ heading }) => heading),
    (_, text) => text,
  );
  const body = rows.map((row, at) =>
    line(cells[at] ?? [], (column, text) => columns[column]?.paint?.(row, text) ?? text),
  );
  return [faint(headings), ...body].map((text) => `${text}\n`).join("");
}
