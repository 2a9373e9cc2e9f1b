import { expect, test } from "vitest";
import type { JobLog } from "#app/contract/job.ts";
import { formatSecond } from "#app/locales/time.ts";
import { renderBar } from "./bar.ts";
import { ascii, coloured, drawn, exampleJob, NOW } from "./example-job.ts";
import { renderLog } from "./log-lines.ts";
import { renderPlainLine } from "./plain-line.ts";

test.each([
  [exampleJob({ progress: 42.9, message: "Seite 38/91" }), "running\t42", "Seite 38/91"],
  [exampleJob({ status: "queued" }), "queued\t-", ""],
  [exampleJob({ phase: "extract" }), "running\t-", "extract"],
  [
    exampleJob({ status: "failed", message: "kaputt", error: { code: "x", message: "Datei\tist\nleer" } }),
    "failed\t-",
    "Datei ist leer",
  ],
])("a change is one line with six columns", (job, state, message) => {
  const line = renderPlainLine(job);
  expect(line).toBe(`2026-11-23T14:21:13.402Z\t${state}\t${job.jobId}\tBericht.pdf\t${message}`);
  expect(line.split("\t")).toHaveLength(6);
});

const timestamp = new Date(NOW).toISOString();
const clock = formatSecond(NOW, "de");

test.each<[Partial<JobLog>, string[]]>([
  [{ message: "Seite 1" }, [`${clock} Seite 1`]],
  [{ level: "error", message: "Fehler" }, [`${clock} ERROR Fehler`]],
  [
    { level: "warn", message: "Seiten:\n\t1: Text\r\n2: Bild" },
    [`${clock} WARN Seiten:`, "                1: Text", "              2: Bild"],
  ],
  [{ phase: "extract" }, [`${clock} extract`]],
  [{ details: { block: 3 } }, [`${clock} {"block":3}`]],
  [{ message: "\u001b[31mrot\u0007" }, [`${clock} [31mrot`]],
])("%j is logged as %j", (fields, lines) => {
  expect(renderLog({ timestamp, level: "info", ...fields }, { look: drawn })).toEqual(lines);
});

test("only the level is coloured, and the clock faint", () => {
  const [line = ""] = renderLog({ timestamp, level: "error", message: "Fehler" }, { look: coloured });
  expect(line).toContain("\u001b[31mERROR\u001b[39m Fehler");
});

test.each([
  [0, "──────────"],
  [42, "━━━━──────"],
  [47, "━━━━╸─────"],
  [100, "━━━━━━━━━━"],
])("%i percent of ten cells", (progress, bar) => {
  expect(renderBar(progress, 10, 0, drawn.signs)).toBe(bar);
});

test("an unknown progress wanders there and back", () => {
  const steps = [0, 1, 2, 3, 4, 5, 6].map((step) => renderBar(undefined, 8, step, drawn.signs));
  expect(steps).toEqual(["╺━━━╸   ", " ╺━━━╸  ", "  ╺━━━╸ ", "   ╺━━━╸", "  ╺━━━╸ ", " ╺━━━╸  ", "╺━━━╸   "]);
  expect(renderBar(47, 10, 0, ascii.signs)).toBe("#####-----");
});
