import { expect, test } from "vitest";
import { ascii, coloured, drawn, exampleJob, NOW } from "./example-job.ts";
import { renderJobTable } from "./job-table.ts";
import { renderStamp } from "./stamp.ts";
import { renderTable } from "./table.ts";
import { textWidth } from "./text-width.ts";

const jobs = [
  exampleJob({
    title: "Jahresbericht 2025 – Gesamtausgabe.pdf",
    progress: 42.9,
    message: "Seite 38/91 verarbeitet",
  }),
  exampleJob({
    title: "東京都議会議事録.pdf",
    status: "failed",
    error: { code: "Boom", message: "Datei ist leer" },
  }),
];
const page = { now: NOW, isWide: false };

test("a table of jobs: short ids, the word of the status, what went wrong", () => {
  expect(renderJobTable(jobs, { ...page, width: Infinity, look: drawn }).split("\n")).toEqual([
    "JOB       STATUS            %     GEÄNDERT  TITEL                                   MELDUNG",
    "7c9e6679  ◑ Läuft           42 %  jetzt     Jahresbericht 2025 – Gesamtausgabe.pdf  Seite 38/91 verarbeitet",
    "7c9e6679  ✗ Fehlgeschlagen        jetzt     東京都議会議事録.pdf                    Datei ist leer (Boom)",
    "",
  ]);
});

test("in ASCII and English", () => {
  const [, line = ""] = renderJobTable(jobs.slice(0, 1), { ...page, width: Infinity, look: ascii }).split(
    "\n",
  );
  expect(line).toMatch(/^7c9e6679 {2}> Running {2}42% +now/);
});

test("wide has whole ids, kind and length", () => {
  const table = renderJobTable([exampleJob({ kind: "pdf" })], {
    ...page,
    isWide: true,
    width: Infinity,
    look: drawn,
  });
  expect(table).toMatch(/7c9e6679-7425-40de-944b-e07fc1f90ae7 .* pdf +1:12 +Bericht\.pdf/);
});

test.each([120, 80, 70])(
  "at %i columns the last columns give way first, and none is reached beyond",
  (width) => {
    const lines = renderJobTable(jobs, { ...page, width, look: drawn })
      .trimEnd()
      .split("\n");
    for (const line of lines) expect(textWidth(line)).toBeLessThan(width);
    expect(lines[1]).toContain("7c9e6679  ◑ Läuft");
  },
);

test("only the status is coloured, the headings are faint", () => {
  const [headings = "", line = ""] = renderJobTable(jobs.slice(0, 1), {
    ...page,
    width: Infinity,
    look: coloured,
  }).split("\n");
  expect(headings.startsWith("\u001b[2mJOB")).toBe(true);
  expect(line.split("\u001b[")).toHaveLength(3);
});

test("a table of nothing is nothing", () => {
  const column = { heading: "A", text: String };
  expect(renderTable([], [column], { width: 80, faint: (text) => text, cut: "…" })).toBe("");
});

test.each([
  ["iso", true, "2026-11-23T14:21:13.402Z"],
  ["short", true, "14:21:13"],
  ["relative", true, "vor 20 Sek."],
] as const)("a time as %s", (form, utc, text) => {
  const now = NOW + (form === "relative" ? 25_000 : 0);
  expect(renderStamp(NOW, { look: drawn, stamp: { form, utc, now } })).toBe(text);
});

test("RFC 3339 names the offset where it is not in UTC", () => {
  const text = renderStamp(NOW, { look: drawn, stamp: { form: "iso", utc: false, now: NOW } });
  expect(text).toMatch(/[+-]\d\d:\d\d$/);
  expect(Date.parse(text)).toBe(NOW);
});
