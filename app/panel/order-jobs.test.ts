import { expect, test } from "vitest";
import type { JobSummary } from "#app/contract/job.ts";
import type { JobStatus } from "#app/contract/job-status.ts";
import { groupByDay, orderJobs } from "./order-jobs.ts";

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

test("What has ended is ordered by its last change, equal instants by id", () => {
  const jobs = [
    job("b", "completed", "10:00", "12:00"),
    job("c", "failed", "09:00", "13:00"),
    job("a", "canceled", "11:00", "12:00"),
  ];
  expect(ids(orderJobs(jobs))).toEqual(["c", "a", "b"]);
});

test("Days are those of the reader's time zone, and what moves belongs to today", () => {
  const jobs = orderJobs([
    { ...job("old but running", "running", "10:00", "10:00"), createdAt: "2026-11-20T10:00:00.000Z" },
    { ...job("late", "completed", "10:00", "10:00"), updatedAt: "2026-11-22T23:30:00.000Z" },
    { ...job("before", "completed", "10:00", "10:00"), updatedAt: "2026-11-22T22:30:00.000Z" },
  ]);
  const days = groupByDay(jobs, "2026-11-23", "Europe/Berlin");
  expect(days.map(({ day, jobs: inDay }) => [day, ids(inDay)])).toEqual([
    ["2026-11-23", ["old but running", "late"]],
    ["2026-11-22", ["before"]],
  ]);
});

function ids(jobs: readonly JobSummary[]): string[] {
  return jobs.map(({ jobId }) => jobId);
}

function job(jobId: string, status: JobStatus, createdAt: string, updatedAt: string): JobSummary {
  return {
    jobId,
    status,
    title: jobId,
    createdAt: `2026-11-23T${createdAt}:00.000Z`,
    updatedAt: `2026-11-23T${updatedAt}:00.000Z`,
    revision: 1,
    stallAfterSeconds: 300,
    cancelRequested: false,
  };
}
