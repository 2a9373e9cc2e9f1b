import { expect, it } from "vitest";
import { words } from "#app/locales/words.ts";
import { whatWasSaid } from "./what-was-said.ts";
import { jobSummary } from "../../../tests/support/job-summary.ts";

const job = jobSummary({ jobId: "a", phase: "processing" });

it("says a step that is known in the language of the reader, and a worker's own as it is", () => {
  expect(whatWasSaid(job, words.de)).toBe("Verarbeiten");
  expect(whatWasSaid(job, words.en)).toBe("Processing");
  expect(whatWasSaid({ ...job, phase: "ocr" }, words.de)).toBe("ocr");
});

it("says what the worker said rather than its step, and no step of what is completed", () => {
  expect(whatWasSaid({ ...job, message: "Seite 3" }, words.de)).toBe("Seite 3");
  expect(whatWasSaid({ ...job, status: "completed" }, words.de)).toBeUndefined();
});
