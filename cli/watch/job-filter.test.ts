import { expect, test } from "vitest";
import { exampleJob } from "../render/example-job.ts";
import { EVERYTHING, isShown, type JobFilter } from "./job-filter.ts";

const job = exampleJob({ title: "Bericht.pdf", message: "Seite 3", phase: "ocr", kind: "pdf" });

test.each<[Partial<JobFilter>, boolean]>([
  [{}, true],
  [{ status: ["running", "failed"] }, true],
  [{ status: ["failed"] }, false],
  [{ kind: ["audio", "pdf"] }, true],
  [{ kind: ["audio"] }, false],
  [{ phase: ["ocr"] }, true],
  [{ query: "SEITE 3" }, true],
  [{ query: "Seite 4" }, false],
  [{ include: [/seite/i] }, true],
  [{ include: [/nothing/, /^Bericht/m] }, true],
  [{ include: [/nothing/] }, false],
  [{ exclude: [/ocr/] }, false],
  [{ include: [/pdf/], exclude: [/Seite [45]/] }, true],
  [{ status: ["running"], kind: ["audio"] }, false],
])("%j lets the job through: %s", (filter, shown) => {
  expect(isShown(job, { ...EVERYTHING, ...filter })).toBe(shown);
});

test("what a job does not have is in no list", () => {
  expect(isShown(exampleJob(), { ...EVERYTHING, kind: ["pdf"] })).toBe(false);
});
