import { afterEach, beforeEach, expect, it } from "vitest";
import type { Job } from "#app/contract/job.ts";
import type { Delivery } from "#app/contract/job-event.ts";
import { reduceJob } from "#app/domain/reduce-job.ts";
import { ANNA, openStorage, said, type Storage } from "../../../tests/support/open-storage.ts";
import { auditJobs } from "./audit.server.ts";

let storage: Storage;
let job: Job;
beforeEach(async () => {
  storage = await openStorage();
  job = await storage.insert();
});
afterEach(() => storage[Symbol.asyncDispose]());

it("finds no fault in what came the ordinary way, ignored and repeated callbacks included", async () => {
  const request = { bytes: 2, digest: "a" };
  for (const body of [{ progress: 5 }, { progress: 5 }, { status: "completed" }, { progress: 6 }]) {
    await storage.changeJob(job.jobId, said(body), request);
  }
  expect(await auditJobs(storage.repository)).toEqual({ whole: 1, partial: 0, faults: [] });
});

it("looks at every job, however many there are", async () => {
  await Promise.all(Array.from({ length: 1_000 }, () => storage.insert()));
  expect(await auditJobs(storage.repository)).toEqual({ whole: 1_001, partial: 0, faults: [] });
});

it("says which job is stored otherwise than it was told, and how", async () => {
  await save({ progress: 5 }, { progress: 50 });
  expect((await auditJobs(storage.repository)).faults).toEqual([
    { jobId: job.jobId, message: "the replay ends at revision 1, running; stored is 1, running" },
  ]);
});

it("says which delivery was ignored that should have counted", async () => {
  const event = said({ progress: 5 });
  await storage.repository.recordDelivery(job.jobId, { event, applied: false, reason: "after_final" });
  expect((await auditJobs(storage.repository)).faults).toMatchObject([
    {
      message: expect.stringMatching(
        /^callback_received of .* changes the job, but is recorded as after_final$/,
      ),
    },
  ]);
});

it("says which delivery counted that should have been ignored", async () => {
  await save({ status: "completed" });
  await save({ progress: 5 }, {}, said({ progress: 5 }));
  expect((await auditJobs(storage.repository)).faults).toMatchObject([
    { message: expect.stringMatching(/changes nothing \(after_final\), but is recorded as applied$/) },
  ]);
});

it("changes nothing", async () => {
  await storage.changeJob(job.jobId, said({ progress: 5 }));
  const before = [
    await storage.stored(job.jobId),
    await storage.repository.deliveries(ANNA.userEmail, job.jobId, 50),
  ];
  await auditJobs(storage.repository);
  expect([
    await storage.stored(job.jobId),
    await storage.repository.deliveries(ANNA.userEmail, job.jobId, 50),
  ]).toEqual(before);
});

/** Writes what a callback does to the job, and more that it does not say. */
async function save(body: unknown, more: Partial<Job> = {}, event = said(body)): Promise<void> {
  const reduction = reduceJob(job, event);
  const next = reduction.applied ? reduction.job : { ...job, revision: job.revision + 1 };
  const delivery: Delivery = { event, applied: true };
  const change = {
    job: { ...next, ...more },
    expectedRevision: job.revision,
    changeId: "c",
    logs: [],
    delivery,
  };
  expect(await storage.repository.save(change)).not.toBe("conflict");
  job = change.job;
}
