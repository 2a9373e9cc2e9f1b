import { expect, it } from "vitest";
import type { JobSummary } from "#app/contract/job.ts";
import type { JobStatus } from "#app/contract/job-status.ts";
import { isStalled, silenceSeconds } from "./stalled.ts";

const CREATED = Date.parse("2026-01-01T00:00:00.000Z");

it("counts the silence from the last callback, or from the registration where there was none", () => {
  expect(silenceSeconds(job(), CREATED + 90_500)).toBe(90);
  const reported = job({ lastCallbackAt: "2026-01-01T00:01:00.000Z" });
  expect(silenceSeconds(reported, CREATED + 90_500)).toBe(30);
});

it("never counts below zero, when the clocks disagree", () => {
  expect(silenceSeconds(job(), CREATED - 5_000)).toBe(0);
});

it("is stalled from stallAfterSeconds on", () => {
  expect(isStalled(job(), CREATED + 299_999)).toBe(false);
  expect(isStalled(job(), CREATED + 300_000)).toBe(true);
});

it("is not stalled any more after the next callback", () => {
  const revived = job({ lastCallbackAt: "2026-01-01T00:10:00.000Z" });
  expect(isStalled(revived, CREATED + 600_001)).toBe(false);
});

it.each<JobStatus>(["queued", "pending-storage", "completed", "failed", "canceled"])(
  "a job that is %s is never stalled",
  (status) => expect(isStalled(job({ status }), CREATED + 1_000_000_000)).toBe(false),
);

function job(fields: Partial<JobSummary> = {}): JobSummary {
  const at = new Date(CREATED).toISOString();
  return {
    jobId: "job-1",
    status: "running",
    title: "Bericht.pdf",
    createdAt: at,
    updatedAt: at,
    revision: 1,
    stallAfterSeconds: 300,
    cancelRequested: false,
    ...fields,
  };
}
