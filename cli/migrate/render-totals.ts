import type { Locale } from "#app/locales/locale.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import { textWidth } from "../render/text-width.ts";

const DIGEST_CHARACTERS = 16;

type Totals = Record<"jobs" | "removed" | "tokens" | "logs" | "deliveries" | "files" | "bytes", number> & {
  digest: string;
};

/** A table of what two storages hold, a row that differs marked with `≠`; it ends with a line break. */
export function renderTotals(from: Totals, to: Totals, locale: Locale): string {
  const { columns, rows } = terminalTexts[locale].migrate;
  const cells = [
    ["", columns.from, columns.to, ""],
    ...(["jobs", "removed", "tokens", "logs", "deliveries", "files", "bytes"] as const).map((what) => [
      rows[what],
      `${from[what]}`,
      `${to[what]}`,
      from[what] === to[what] ? "" : "≠",
    ]),
    [
      rows.digest,
      from.digest.slice(0, DIGEST_CHARACTERS),
      to.digest.slice(0, DIGEST_CHARACTERS),
      from.digest === to.digest ? "" : "≠",
    ],
  ];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...cells.map((row) => textWidth(row[at] ?? ""))));
  const lines = cells.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}
