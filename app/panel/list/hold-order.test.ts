import { expect, test } from "vitest";
import type { JobSummary } from "#app/contract/job.ts";
import type { JobStatus } from "#app/contract/job-status.ts";
import { holdOrder } from "./hold-order.ts";
import { orderJobs } from "./order-jobs.ts";
import { jobSummary } from "../../../tests/support/job-summary.ts";

test("What would come above waits, and is counted", () => {
  const jobs = [job("a", 1), job("b", 2), job("c", 3), job("d", 4)];
  expect(hold(jobs, ["b", "a"])).toEqual([["b", "a"], 2]);
});

test("A row that ends stays where it is, with its new state", () => {
  const jobs = [job("a", 1), job("b", 2, "completed"), job("c", 3)];
  expect(hold(jobs, ["c", "b", "a"])).toEqual([["c", "b", "a"], 0]);
  expect(holdOrder(orderJobs(jobs), ["c", "b", "a"], finder(jobs)).jobs[1]).toMatchObject({
    status: "completed",
  });
});

test("A row that the filter does not ask for any more stays, one that is removed goes", () => {
  const jobs = [job("a", 1), job("c", 3)];
  const find = finder([...jobs, job("left", 2, "completed")]);
  expect(holdOrder(orderJobs(jobs), ["c", "left", "gone", "a"], find).jobs.map(({ jobId }) => jobId)).toEqual(
    ["c", "left", "a"],
  );
});

test("Older pages come below", () => {
  const ended = (jobId: string, second: number) => job(jobId, second, "completed");
  const jobs = [ended("c", 9), ended("b", 5), ended("a", 4)];
  expect(hold(jobs, ["c"])).toEqual([["c", "b", "a"], 0]);
});

test("Where nothing shown is left, there is nothing to hold", () => {
  expect(hold([job("a", 1)], [])).toEqual([["a"], 0]);
  expect(hold([job("a", 1)], ["gone"])).toEqual([["a"], 0]);
});

function hold(jobs: JobSummary[], shown: string[]): [string[], number] {
  const held = holdOrder(orderJobs(jobs), shown, finder(jobs));
  return [held.jobs.map(({ jobId }) => jobId), held.waiting];
}

function finder(jobs: JobSummary[]) {
  return (jobId: string) => jobs.find((known) => known.jobId === jobId);
}

function job(jobId: string, second: number, status: JobStatus = "running"): JobSummary {
  const at = new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
  return jobSummary({ jobId, status, createdAt: at, updatedAt: at, revision: second });
}
