import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { ascii, coloured, drawn, exampleJob, NOW } from "./example-job.ts";
import { renderBlock } from "./live-block.ts";
import { textWidth } from "./text-width.ts";

const jobs = [
  exampleJob({
    title: "Jahresbericht 2025 – Gesamtausgabe mit Anlagen.pdf",
    progress: 42.9,
    message: "Seite 38/91 verarbeitet",
  }),
  exampleJob({ title: "interview-mayer.m4a", message: "Transkription von Segment 3" }),
  exampleJob({ title: "scan_0042.pdf", progress: 95, lastCallbackAt: new Date(NOW - 300_000).toISOString() }),
  exampleJob({ title: "Bildband.pdf", status: "pending-storage", progress: 80 }),
  exampleJob({ title: "東京都議会議事録.pdf", status: "queued" }),
];
const wide = { width: 100, height: 20, now: NOW, look: drawn };

test("a hundred columns hold everything, in line", () => {
  expect(renderBlock(jobs, wide)).toEqual([
    " ◑ Jahresbericht 2025 – Ge…nlagen.pdf   42 % ━━━━━━━━╸───────────  1:12  Seite 38/91 verarbeitet",
    " ◌ interview-mayer.m4a                                    ╺━━━╸    1:12  Transkription von Segment…",
    " ⚠ scan_0042.pdf                        95 % ━━━━━━━━━━━━━━━━━━━─  1:12  still seit 5 Min.",
    " ↓ Bildband.pdf                         80 % Wird gespeichert      1:12",
    " ◷ 東京都議会議事録.pdf                      Wartet                1:12",
  ]);
});

test("where there is room beside the message, it tells how long a job still takes", () => {
  const since = new Date(NOW - 70_000).toISOString();
  const pace = { from: 2, since, at: new Date(NOW).toISOString(), steps: 40 };
  const paced = [
    exampleJob({ title: "Bericht.pdf", progress: 42, pace, message: "Seite 38/91" }),
    ...jobs.slice(1, 2),
  ];
  const [first = "", second = ""] = renderBlock(paced, { ...wide, width: 120 });
  expect(first).toContain("  1:12  noch etwa 2 Min.  Seite 38/91");
  expect(second).toContain("  1:12                    Transkription");
  expect(renderBlock(paced, wide).join()).not.toContain("noch");
});

test("without a message sixty columns hold bar and time, and more of the title", () => {
  expect(renderBlock(jobs.slice(0, 1), { ...wide, width: 60 })).toEqual([
    " ◑ Jahresbericht 2025 …nlagen.pdf   42 % ━━━━━───────  1:12",
  ]);
});

test("below sixty columns a job takes two lines, below thirty title and percent", () => {
  expect(renderBlock(jobs.slice(0, 1), { ...wide, width: 45 })).toEqual([
    " ◑ Jahresbericht 2025 – Ges…nlagen.pdf  42 %",
    "   ━━━━──────  1:12  Seite 38/91 verarbeitet",
  ]);
  expect(renderBlock(jobs.slice(0, 1), { ...wide, width: 28 })).toEqual([" Jahresberi…lagen.pdf  42 %"]);
});

test("no line reaches the last column, whatever the width", () => {
  for (let width = 12; width <= 160; width++) {
    for (const look of [drawn, ascii, coloured]) {
      for (const line of renderBlock(jobs, { ...wide, width, look })) {
        expect(textWidth(stripVTControlCharacters(line)), `${width}: ${line}`).toBeLessThan(width);
      }
    }
  }
});

test("ASCII and English where the terminal knows no more", () => {
  expect(renderBlock(jobs.slice(0, 1), { ...wide, width: 80, look: ascii })).toEqual([
    " >  Jahresbericht ...nlagen.pdf    42% #######---------  1:12  Seite 38/91 v...",
  ]);
});

test("colour is on sign and word only", () => {
  const [line = ""] = renderBlock(jobs.slice(3, 4), { ...wide, look: coloured });
  expect(line).toBe(
    " \u001b[36m↓\u001b[39m Bildband.pdf                         80 % \u001b[36mWird gespeichert\u001b[39m      1:12",
  );
});

test("what does not fit the window is counted", () => {
  const many = Array.from({ length: 30 }, (_, at) => exampleJob({ title: `Teil ${at}` }));
  const lines = renderBlock(many, { ...wide, height: 10 });
  expect(lines).toHaveLength(10);
  expect(lines.at(-1)).toBe(" und 21 weitere");
});

test("text of a worker cannot move the cursor", () => {
  const hostile = exampleJob({ title: "\u001b[2Jböse\n.pdf", message: "\u001b]0;x\u0007weg\rda\tund\ndort" });
  const [line = ""] = renderBlock([hostile], wide);
  expect(line).not.toMatch(/\p{Cc}/u);
  expect(line).toContain("weg da und dort");
});
