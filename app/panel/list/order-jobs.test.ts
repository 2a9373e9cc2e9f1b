import { expect, test } from "vitest";
import type { JobSummary } from "#app/contract/job.ts";
import type { JobStatus } from "#app/contract/job-status.ts";
import { compareJobs } from "#app/client/apply-update.ts";
import { orderJobs as order, rowsOf } from "./order-jobs.ts";
import { jobSummary } from "../../../tests/support/job-summary.ts";

test("What moves stands above what has ended", () => {
  const jobs = [job("done", "completed", "14:20", "14:21"), job("waits", "queued", "09:00", "09:00")];
  expect(ids(orderJobs(jobs))).toEqual(["waits", "done"]);
});

test("Rows that move keep their place while they progress", () => {
  const older = job("older", "running", "14:00", "14:05");
  const newer = job("newer", "running", "14:01", "14:04");
  expect(ids(orderJobs([older, newer]))).toEqual(["newer", "older"]);
  expect(ids(orderJobs([{ ...older, updatedAt: "2026-11-23T14:20:00.000Z" }, newer]))).toEqual([
    "newer",
    "older",
  ]);
});

test("What has ended keeps the order of the list", () => {
  const jobs = [
    job("b", "completed", "10:00", "12:00"),
    job("c", "failed", "09:00", "13:00"),
    job("a", "canceled", "11:00", "12:00"),
  ];
  expect(ids(orderJobs(jobs))).toEqual(["c", "b", "a"]);
});

test("Days are those of the reader's time zone, and what moves belongs to today", () => {
  const jobs = orderJobs([
    { ...job("old but running", "running", "10:00", "10:00"), createdAt: "2026-11-20T10:00:00.000Z" },
    { ...job("late", "completed", "10:00", "10:00"), updatedAt: "2026-11-22T23:30:00.000Z" },
    { ...job("before", "completed", "10:00", "10:00"), updatedAt: "2026-11-22T22:30:00.000Z" },
  ]);
  const rows = rowsOf(jobs, "2026-11-23", "Europe/Berlin");
  expect(rows.map(({ job: { jobId }, day }) => [jobId, day])).toEqual([
    ["old but running", "2026-11-23"],
    ["late", undefined],
    ["before", "2026-11-22"],
  ]);
});

function orderJobs(jobs: JobSummary[]): JobSummary[] {
  return order(jobs.sort(compareJobs));
}

function ids(jobs: readonly JobSummary[]): string[] {
  return jobs.map(({ jobId }) => jobId);
}

function job(jobId: string, status: JobStatus, createdAt: string, updatedAt: string): JobSummary {
  return jobSummary({
    jobId,
    status,
    createdAt: `2026-11-23T${createdAt}:00.000Z`,
    updatedAt: `2026-11-23T${updatedAt}:00.000Z`,
  });
}
