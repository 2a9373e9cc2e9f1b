/** Columns as wide as their widest cell, the first to the left, the others to the right. */
export function printTable(title: string, rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
  const rule = "─".repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  console.log([`\n${title}`, lines[0], rule, ...lines.slice(1)].join("\n"));
}
