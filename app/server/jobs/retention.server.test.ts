import { afterEach, beforeEach, expect, it } from "vitest";
import { ANNA, instant, openStorage, said, type Storage } from "../../../tests/support/open-storage.ts";
import { createLog } from "#app/server/log.server.ts";
import { createRetention, type Retention } from "./retention.server.ts";

const NEVER_MS = 2 ** 31 - 1;
const DAY = 24 * 3600;

let storage: Storage;
let opened: Retention[];
beforeEach(async () => {
  storage = await openStorage();
  opened = [];
});
afterEach(async () => {
  for (const retention of opened) await retention.close();
  await storage[Symbol.asyncDispose]();
});

it("removes a final job when its days are over, not a second before, with all that belongs to it", async () => {
  const jobId = await aJobThat({ status: "completed", message: "fertig" });
  await storage.artifacts.put(jobId, "images.zip", new Uint8Array([1]));
  const retention = retentionOf();
  expect([await lookAt(retention, 90 * DAY), await lookAt(retention, 90 * DAY + 2)]).toEqual([0, 1]);
  const { repository, artifacts } = storage;
  expect(await repository.find(ANNA.userEmail, jobId)).toBeUndefined();
  expect(await repository.logs(ANNA.userEmail, jobId, { from: 0, limit: 10 })).toEqual([]);
  expect(await repository.deliveries(ANNA.userEmail, jobId, 10)).toEqual([]);
  expect(await artifacts.open(jobId, "images.zip")).toBeUndefined();
  expect(retention.removed()).toBe(1);
});

it("tells viewers and late workers, as of any removal", async () => {
  const jobId = await aJobThat({ status: "failed" });
  await lookAt(retentionOf(), 91 * DAY);
  expect(storage.published.at(-1)).toMatchObject({ isRemoved: true, job: { jobId } });
  expect(await storage.repository.findTarget(jobId)).toMatchObject({ isRemoved: true });
  expect(await storage.repository.changedAfter(ANNA.userEmail, 0n, 10)).toMatchObject([
    { removedJobId: jobId },
  ]);
});

it("leaves alone what has not ended, however old it is", async () => {
  await storage.insert();
  await aJobThat({ status: "running" });
  await aJobThat({ data: { extracted_text: "x" }, images_archive_data: "UEsDBA==" });
  expect(await lookAt(retentionOf(), 10_000 * DAY)).toBe(0);
});

it("keeps everything for ever where no days are given", async () => {
  await aJobThat({ status: "completed" });
  expect(await lookAt(retentionOf({ keepDays: 0 }), 10_000 * DAY)).toBe(0);
});

it("removes every batch in one go", async () => {
  await Promise.all(Array.from({ length: 250 }, () => aJobThat({ status: "completed" })));
  expect(await lookAt(retentionOf(), 91 * DAY)).toBe(250);
  expect(await storage.repository.jobIds("", 1)).toEqual([]);
});

it("does nothing where another instance does it, and stops when that one takes over", async () => {
  await Promise.all(Array.from({ length: 250 }, () => aJobThat({ status: "completed" })));
  const answers = [false, true, false];
  const retention = retentionOf({ lock: { holds: () => Promise.resolve(answers.shift() ?? false) } });
  expect([await lookAt(retention, 91 * DAY), await lookAt(retention, 91 * DAY)]).toEqual([0, 100]);
});

it("removes each job once, however many look at the same time", async () => {
  await Promise.all(Array.from({ length: 250 }, () => aJobThat({ status: "completed" })));
  storage.clock.now = Date.parse(instant(91 * DAY));
  const both = [retentionOf(), retentionOf()];
  await Promise.all(both.map((retention) => retention.look()));
  expect(both.reduce((sum, retention) => sum + retention.removed(), 0)).toBe(250);
  expect(storage.published.filter(({ isRemoved }) => isRemoved)).toHaveLength(250);
});

it("leaves alone a job that was revived since it was found", async () => {
  const { jobId } = await storage.insert();
  await storage.changeJob(jobId, { type: "silence_exceeded", at: instant(3_600) });
  const retention = retentionOf({
    removeJob: async (job) => {
      await storage.changeJob(jobId, said({ progress: 5 }, 3_601));
      return storage.removeJob(job);
    },
  });
  expect(await lookAt(retention, 91 * DAY)).toBe(0);
  expect(await storage.stored(jobId)).toMatchObject({ status: "running" });
});

it("looks by itself, and goes on looking when it could not", async () => {
  const jobId = await aJobThat({ status: "completed" });
  let refusals = 0;
  storage.clock.now = Date.parse(instant(91 * DAY));
  retentionOf({
    removeJob: (job) => (refusals++ < 3 ? Promise.reject(new Error("not now")) : storage.removeJob(job)),
    everyMs: 1,
  });
  await expect.poll(() => storage.repository.find(ANNA.userEmail, jobId)).toBeUndefined();
});

it("sweeps by itself what writes left half-way, also where jobs are kept for ever", async () => {
  let swept = 0;
  const artifacts = { sweep: async () => (swept += 1) };
  retentionOf({ artifacts, keepDays: 0, everyMs: 1 });
  await expect.poll(() => swept).toBeGreaterThan(1);
});

async function aJobThat(body: object): Promise<string> {
  const { jobId } = await storage.insert();
  await storage.changeJob(jobId, said(body));
  return jobId;
}

function lookAt(retention: Retention, second: number): Promise<number> {
  storage.clock.now = Date.parse(instant(second));
  return retention.look();
}

function retentionOf(other: Partial<Parameters<typeof createRetention>[0]> = {}): Retention {
  const { repository, removeJob, artifacts, clock } = storage;
  const lock = { holds: () => Promise.resolve(true) };
  const log = createLog("silent");
  const retention = createRetention({
    repository,
    removeJob,
    artifacts,
    lock,
    clock,
    keepDays: 90,
    everyMs: NEVER_MS,
    log,
    ...other,
  });
  opened.push(retention);
  return retention;
}
