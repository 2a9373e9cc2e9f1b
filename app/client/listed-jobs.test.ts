import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { JobPage } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { type JobStatus, countByStatus, totalOf } from "#app/contract/job-status.ts";
import { compareJobs } from "./apply-update.ts";
import { isWanted, type JobFilter } from "./job-filter.ts";
import { createListedJobs } from "./listed-jobs.ts";

it("moves the numbers from the status a job had to the one it has", () => {
  const list = createListedJobs(pageOf([job("a", 1), job("b", 1, "queued")]));
  list.update(job("a", 2, "completed"), "k.2");
  list.update(job("c", 3), "k.3");
  expect(list.view()).toMatchObject({ total: 3, counts: { running: 1, queued: 1, completed: 1 } });
  list.remove("a", "k.4");
  expect(list.view()).toMatchObject({ total: 2, counts: { running: 1, queued: 1, completed: 0 } });
  expect(list.areCountsSure()).toBe(true);
});

it("is not sure of its numbers once a job moves that it never saw, until they are counted again", () => {
  const list = createListedJobs(pageOf([job("a", 5)], { counts: { running: 3 } }));
  list.update(job("old", 6, "completed", 1), "k.6");
  expect([list.areCountsSure(), list.view().counts.running]).toEqual([false, 3]);
  list.askCounts();
  list.update(job("a", 7, "failed"), "k.7");
  list.update(job("old", 8, "failed", 1), "k.8");
  // The answer was read after the first of the two.
  list.recount(pageOf([], { head: "k.7", counts: { running: 1, failed: 1, completed: 1 } }));
  expect(list.view().counts).toMatchObject({ running: 1, failed: 2, completed: 0 });
  expect(list.areCountsSure()).toBe(true);
});

it("does not count again what the numbers it asked for had counted already", () => {
  const list = createListedJobs(pageOf([job("a", 5)]));
  list.askCounts();
  list.recount(pageOf([], { head: "k.7", counts: { completed: 1 } }));
  list.update(job("a", 7, "completed"), "k.7");
  expect(list.view().counts).toMatchObject({ running: 0, completed: 1 });
});

it("shows of a filter what it asks for, as jobs come into it and leave it", () => {
  const list = createListedJobs(pageOf([job("a", 1)]), { status: ["running"] });
  list.update(job("a", 2, "completed"), "k.2");
  list.update(job("b", 3), "k.3");
  expect(idsOf(list)).toEqual(["b"]);
  expect(list.view().total).toBe(1);
});

it("holds back what is older than the last page, so that no hole is shown", () => {
  const list = createListedJobs(pageOf([job("c", 9), job("b", 8)], { nextCursor: "key" }));
  list.know(job("pinned", 2));
  expect(idsOf(list)).toEqual(["c", "b"]);
  expect(list.find("pinned")).toMatchObject({ revision: 2 });
  list.older(pageOf([job("x", 5), job("y", 3)], { nextCursor: "key 2" }));
  expect(idsOf(list)).toEqual(["c", "b", "x", "y"]);
  list.older(pageOf([job("pinned", 2)]));
  expect(idsOf(list)).toEqual(["c", "b", "x", "y", "pinned"]);
});

it("shows what it knows of a filter whose page cannot be had, and is not sure of the numbers", () => {
  const list = createListedJobs(pageOf([job("b", 9), job("a", 8, "failed")], { nextCursor: "key" }));
  list.show(undefined, { status: ["failed"] });
  expect(list.view()).toMatchObject({ jobs: [{ jobId: "a" }], total: 1, nextCursor: null });
  expect(list.areCountsSure()).toBe(false);
});

it("gives the same view until something changes", () => {
  const list = createListedJobs(pageOf([job("a", 5)]));
  const view = list.view();
  list.update(job("a", 5), "k.5");
  expect(list.view()).toBe(view);
  list.update(job("a", 6), "k.6");
  expect(list.view()).not.toBe(view);
});

it("shows what the filter asks for and counts it right, whatever happens in whatever filter", () => {
  const statuses = ["queued", "running", "completed", "failed"] as const;
  const step = fc.record({
    jobId: fc.constantFrom("a", "b", "c", "d"),
    status: fc.constantFrom(...statuses),
    isRemoved: fc.boolean(),
    filter: fc.option(fc.subarray([...statuses], { minLength: 1 })),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const server = new Map<string, JobSummary>([["a", job("a", 1)]]);
      let filter: JobFilter = {};
      const list = createListedJobs(pageOf([...server.values()]));
      const removed = new Set<string>();
      for (const [at, { jobId, status, isRemoved, filter: next }] of steps.entries()) {
        const seq = at + 2;
        if (isRemoved && server.delete(jobId)) {
          removed.add(jobId);
          list.remove(jobId, `k.${seq}`);
        } else if (!removed.has(jobId)) {
          server.set(jobId, job(jobId, seq, status));
          list.update(job(jobId, seq, status), `k.${seq}`);
        }
        if (next !== null) {
          filter = { status: next };
          list.show(serverPage(server, filter, seq), filter);
        }
        if (!list.areCountsSure()) list.recount(serverPage(server, filter, seq));
        const { items, counts, total } = serverPage(server, filter, seq);
        expect(list.view()).toEqual({ filter, jobs: items, counts, total, nextCursor: null });
      }
    }),
  );
});

function idsOf(list: ReturnType<typeof createListedJobs>): string[] {
  return list.view().jobs.map(({ jobId }) => jobId);
}

function serverPage(jobs: Map<string, JobSummary>, filter: JobFilter, seq: number): JobPage {
  const items = [...jobs.values()].filter((known) => isWanted(known, filter)).sort(compareJobs);
  const counts = countByStatus([...jobs.values()]);
  return pageOf(items, { head: `k.${seq}`, counts, total: totalOf(counts, filter.status) });
}

function pageOf(
  items: JobSummary[],
  { counts, ...fields }: Partial<Omit<JobPage, "counts">> & { counts?: Partial<JobPage["counts"]> } = {},
): JobPage {
  const counted = { ...countByStatus(items), ...counts };
  return {
    items,
    page: 1,
    limit: 20,
    total: totalOf(counted),
    counts: counted,
    nextCursor: null,
    head: "k.1",
    ...fields,
  };
}

/** A job in its n-th revision, which it took in the n-th second; created in that same second unless told. */
function job(jobId: string, revision: number, status: JobStatus = "running", created = revision): JobSummary {
  return {
    jobId,
    status,
    title: jobId,
    createdAt: instant(created),
    updatedAt: instant(revision),
    revision,
    stallAfterSeconds: 300,
    cancelRequested: false,
  };
}

function instant(second: number): string {
  return new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
}
