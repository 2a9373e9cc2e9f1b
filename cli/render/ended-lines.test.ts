import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import type { JobSummary } from "#app/contract/job.ts";
import { formatSecond } from "#app/locales/time.ts";
import { renderEnded } from "./ended-lines.ts";
import { ascii, coloured, drawn, exampleJob, NOW } from "./example-job.ts";
import { textWidth } from "./text-width.ts";

const finishedAt = new Date(NOW - 24_000).toISOString();
const completed = exampleJob({
  title: "Lieferschein 4711.pdf",
  status: "completed",
  progress: 100,
  finishedAt,
});
const clock = formatSecond(Date.parse(finishedAt), "de");
const wide = { width: 100, now: NOW, look: drawn };

test("a job that is over is one line: when, what, how", () => {
  expect(renderEnded(completed, wide)).toEqual([
    `${clock}  ✓ Lieferschein 4711.pdf               Abgeschlossen in 0:48`,
  ]);
});

test.each<[Partial<JobSummary>, string]>([
  [{ status: "canceled" }, "Abgebrochen"],
  [
    { status: "failed", error: { code: "FileDataError", message: "Datei ist beschädigt" } },
    "Fehlgeschlagen: Datei ist beschädigt (FileDataError)",
  ],
  [
    { status: "failed", error: { code: "failed", message: "Datei ist leer" } },
    "Fehlgeschlagen: Datei ist leer",
  ],
  [
    { status: "failed", error: { code: "no_callback", message: "Seite 7" } },
    "Fehlgeschlagen: Der Dienst hat sich nicht mehr gemeldet: Seite 7",
  ],
])("%j reads %s", (fields, text) => {
  const [line = ""] = renderEnded(exampleJob({ finishedAt, ...fields }), { ...wide, width: 140 });
  expect(line.endsWith(`  ${text}`)).toBe(true);
});

test("below sixty columns it is two lines, below thirty sign and title", () => {
  expect(renderEnded(completed, { ...wide, width: 45 })).toEqual([
    "✓ Lieferschein 4711.pdf",
    "  Abgeschlossen in 0:48",
  ]);
  expect(renderEnded(completed, { ...wide, width: 20 })).toEqual(["✓ Liefersc…4711.pdf"]);
});

test("in ASCII", () => {
  const [line = ""] = renderEnded(completed, { ...wide, look: ascii });
  expect(line).toContain("  ok Lieferschein 4711.pdf               Completed in 0:48");
});

test("colour is on sign and word only", () => {
  const [line = ""] = renderEnded(completed, { ...wide, look: coloured });
  expect(line).toContain("\u001b[32m✓\u001b[39m Lieferschein");
  expect(line).toContain("\u001b[32mAbgeschlossen\u001b[39m in 0:48");
});

test("no line reaches the last column, whatever the width", () => {
  const error = { code: "RuntimeError", message: "議事録 ist beschädigt ".repeat(20) };
  for (let width = 12; width <= 160; width++) {
    const lines = renderEnded(exampleJob({ status: "failed", title: "報告書 ".repeat(30), error }), {
      ...wide,
      width,
      look: coloured,
    });
    for (const line of lines) {
      expect(textWidth(stripVTControlCharacters(line)), `${width}: ${line}`).toBeLessThan(width);
    }
  }
});
