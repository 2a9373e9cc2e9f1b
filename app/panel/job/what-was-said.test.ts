import { expect, it } from "vitest";
import type { JobSummary } from "#app/contract/job.ts";
import { words } from "#app/locales/words.ts";
import { whatWasSaid } from "./what-was-said.ts";

const job: JobSummary = {
  jobId: "a",
  title: "Bericht.pdf",
  status: "running",
  phase: "processing",
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
  revision: 1,
  stallAfterSeconds: 300,
  cancelRequested: false,
};

it("says a step that is known in the language of the reader, and a worker's own as it is", () => {
  expect(whatWasSaid(job, words.de)).toBe("Verarbeiten");
  expect(whatWasSaid(job, words.en)).toBe("Processing");
  expect(whatWasSaid({ ...job, phase: "ocr" }, words.de)).toBe("ocr");
});

it("says what the worker said rather than its step, and no step of what is completed", () => {
  expect(whatWasSaid({ ...job, message: "Seite 3" }, words.de)).toBe("Seite 3");
  expect(whatWasSaid({ ...job, status: "completed" }, words.de)).toBeUndefined();
});
