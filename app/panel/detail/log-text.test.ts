import { expect, it } from "vitest";
import type { JobLog } from "#app/contract/job.ts";
import { findLines, lineText, logFile, splitByMatch } from "./log-text.ts";

const AT = "2026-01-01T00:00:00.000Z";
const lines = [
  line(0, { message: "Datei angenommen" }),
  line(1, { level: "debug", message: "Größe geprüft", details: { path: "/srv/in.pdf" } }),
  line(2, { level: "warn", message: "Seite 17 ohne Text" }),
  line(3, { level: "error", message: "OCR für Seite 37" }),
];

it("finds lines by their level and above", () => {
  const from = (level: JobLog["level"]) => findLines(lines, { level, text: "" }).map(({ index }) => index);
  expect(from("debug")).toEqual([0, 1, 2, 3]);
  expect(from("info")).toEqual([0, 2, 3]);
  expect(from("warn")).toEqual([2, 3]);
  expect(from("error")).toEqual([3]);
});

it("finds lines by what they say, in any case, also in their details", () => {
  const having = (text: string) => findLines(lines, { level: "debug", text }).map(({ index }) => index);
  expect([having("SEITE"), having("größe"), having("in.pdf"), having(" "), having("nichts")]).toEqual([
    [2, 3],
    [1],
    [1],
    [0, 1, 2, 3],
    [],
  ]);
});

it("says the step or the progress where there is no message", () => {
  expect(["", "ocr", "42 %", "…"]).toEqual([
    lineText({ timestamp: AT, level: "info", phase: "", message: "" }),
    lineText({ timestamp: AT, level: "info", phase: "ocr", progress: 3 }),
    lineText({ timestamp: AT, level: "info", progress: 42.9 }),
    lineText({ timestamp: AT, level: "info" }),
  ]);
});

it("marks every place of what is looked for and keeps the text whole", () => {
  expect(splitByMatch("Seite 3 von Seite 9", "seite")).toEqual(["", "Seite", " 3 von ", "Seite", " 9"]);
  expect(splitByMatch("Seite 3", "")).toEqual(["Seite 3"]);
  expect(splitByMatch("İstanbul Seite", "seite").join("")).toBe("İstanbul Seite");
});

it("writes a file of a line each, with what was folded", () => {
  expect(logFile(lines.slice(1, 3))).toBe(
    `${AT} DEBUG Größe geprüft {"path":"/srv/in.pdf"}\n${AT} WARN  Seite 17 ohne Text\n`,
  );
});

function line(index: number, fields: Partial<JobLog>) {
  return { index, entry: { timestamp: AT, level: "info" as const, ...fields } };
}
