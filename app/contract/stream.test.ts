import { expect, it } from "vitest";
import { z } from "./zod-mini.ts";
import { type Job, summarize } from "./job.ts";
import { decodeStreamEvent, toJobUpdate } from "./stream.ts";

const JOB: Job = {
  jobId: "job-1",
  userEmail: "anna@example.org",
  title: "Bericht.pdf",
  status: "running",
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:05.000Z",
  revision: 3,
  logCount: 2,
  cancelRequested: false,
  stallAfterSeconds: 300,
  timeoutSeconds: 3600,
  lastError: "Fehler bei OCR",
  error: { code: "E1", message: "kaputt", details: { traceback: "…" } },
};

it("reads an update back as it was sent, with the cursor to resume from", () => {
  const update = toJobUpdate(summarize(JOB));
  expect(decodeStreamEvent("job_update", JSON.stringify(update), "k3x.7")).toEqual({
    event: "job_update",
    data: update,
    id: "k3x.7",
  });
});

it("shows of a job what every viewer may see, and no more", () => {
  const update = toJobUpdate(summarize(JOB));
  expect(update).toMatchObject({ type: "job_update", jobId: "job-1", status: "running" });
  expect(update.error).toEqual({ code: "E1", message: "kaputt" });
  for (const hidden of ["userEmail", "lastError", "logCount", "timeoutSeconds"]) {
    expect(update).not.toHaveProperty(hidden);
  }
});

it("keeps an unknown progress absent", () => {
  expect(toJobUpdate(summarize(JOB))).not.toHaveProperty("progress");
});

it("leaves out the id where the event has none", () => {
  expect(decodeStreamEvent("heartbeat", '{"head":"k3x.7"}', "")).toEqual({
    event: "heartbeat",
    data: { head: "k3x.7" },
  });
});

it.each(["job_created", "message", "constructor", "__proto__", "toString"])(
  "does not know the event %s",
  (name) => expect(decodeStreamEvent(name, "{}", "")).toBeUndefined(),
);

it.each([
  ["job_update", "{}"],
  ["job_removed", "{}"],
  ["ready", '{"head":5}'],
  ["bye", '{"retry":-1}'],
  ["job_log", '{"jobId":"job-1","index":-1,"entry":{}}'],
])("throws for a %s whose data is %s", (name, data) => {
  expect(() => decodeStreamEvent(name, data, "")).toThrow(z.core.$ZodError);
});

it("throws for data that is cut off", () => {
  expect(() => decodeStreamEvent("ready", '{"head":"k3', "")).toThrow(SyntaxError);
});
