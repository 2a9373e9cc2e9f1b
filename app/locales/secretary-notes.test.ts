import { expect, it } from "vitest";
import { type JobSummary, summarize } from "#app/contract/job.ts";
import { newJob } from "#app/domain/new-job.ts";
import { secretaryNote, shortSecretaryNote } from "./secretary-notes.ts";

const asked = { since: "2026-01-01T00:00:00.000Z", at: "2026-01-01T00:00:40.000Z", count: 1 };

it("says what was asked and answered", () => {
  const running = job({ status: "running", asked: { ...asked, answer: "alive", progress: 42 } });
  expect(secretaryNote(running, "de")).toBe(
    "Seit 40 s still, bei der Secretary nachgefragt: läuft noch (42 %)",
  );
  expect(secretaryNote(running, "en")).toBe("Silent for 40 s; the Secretary was asked: still running (42%)");
  expect(shortSecretaryNote(running, "de")).toBe("Secretary: läuft noch");
  expect(shortSecretaryNote(running, "en")).toBe("Secretary: still running");
  const unknown = job({ status: "running", asked: { ...asked, answer: "unknown" } });
  expect(secretaryNote(unknown, "de")).toBe(
    "Seit 40 s still, bei der Secretary nachgefragt: Job nicht gefunden",
  );
});

it("says whose word an end was", () => {
  const error = { code: "E", message: "Datei beschädigt" };
  const failed = job({ status: "failed", error, asked: { ...asked, answer: "failed" } });
  expect(shortSecretaryNote(failed, "de")).toBe(secretaryNote(failed, "de"));
  expect(secretaryNote(failed, "de")).toBe("Die Secretary meldet: Datei beschädigt");
  expect(secretaryNote(job({ status: "failed", error }), "de")).toBeUndefined();
});

it("counts the files that are fetched", () => {
  const storing = job({ status: "pending-storage", fetching: { done: 3, total: 4 } });
  expect(secretaryNote(storing, "de")).toBe("Dateien holen 3/4");
  expect(secretaryNote(job({ status: "completed" }), "de")).toBeUndefined();
});

function job(fields: Partial<JobSummary>): JobSummary {
  const request = { title: "Bericht.pdf", stallAfterSeconds: 300, timeoutSeconds: 3600 };
  const identity = { jobId: "j-1", userEmail: "anna@example.org", at: asked.since };
  return { ...summarize(newJob(request, identity)), ...fields };
}
