import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { instant, openStorage, said, type Storage } from "../../../tests/support/open-storage.ts";
import { createMemoryBus } from "#app/server/bus/job-bus.memory.server.ts";
import { createChangeJob } from "./change-job.server.ts";
import { createLog } from "#app/server/log.server.ts";
import { createWatchdog, type Watchdog } from "./watchdog.server.ts";

const NEVER_MS = 2 ** 31 - 1;

let storage: Storage;
let watchdog: Watchdog;
beforeEach(async () => {
  storage = await openStorage();
  watchdog = watchdogOf(storage);
});
afterEach(async () => {
  await watchdog.close();
  await storage[Symbol.asyncDispose]();
});

it("forgets jobs that were removed more than 30 days ago", async () => {
  const { jobId } = await storage.insert();
  await storage.changeJob(jobId, said({ status: "completed" }, 1));
  await storage.repository.remove(await storage.stored(jobId), instant(0));
  const month = 30 * 24 * 3600;
  storage.clock.now = Date.parse(instant(month));
  expect(await watchdog.sweep()).toBe(0);
  storage.clock.now = Date.parse(instant(month + 1));
  expect(await watchdog.sweep()).toBe(1);
  expect(await storage.repository.findTarget(jobId)).toBeUndefined();
});

describe("a silent worker's job", () => {
  it("fails with no_callback when its time is up, not before, and viewers are told", async () => {
    const { jobId } = await storage.insert({ timeoutSeconds: 60 });
    await storage.changeJob(jobId, said({ progress: 40 }, 10));
    expect([await lookAt(69.999), await lookAt(70)]).toEqual([0, 1]);
    expect(await storage.stored(jobId)).toMatchObject({
      status: "failed",
      progress: 40,
      error: { code: "no_callback", message: "no callback for 60 s" },
      endedBy: "jobmon",
      finishedAt: instant(70),
      revision: 2,
    });
    expect(storage.published.at(-1)).toMatchObject({ job: { jobId, status: "failed" } });
  });

  it("fails with the last error line the worker had", async () => {
    const { jobId } = await storage.insert({ timeoutSeconds: 60 });
    await storage.changeJob(jobId, said({ phase: "failed", message: "Datei ist beschädigt" }, 1));
    await storage.changeJob(jobId, said({ phase: "postprocessing", progress: 95 }, 2));
    await lookAt(62);
    expect(await storage.stored(jobId)).toMatchObject({ error: { message: "Datei ist beschädigt" } });
  });

  it("fails also when nobody ever reported to it, counted from its registration", async () => {
    const { jobId } = await storage.insert({ timeoutSeconds: 60 });
    expect([await lookAt(59), await lookAt(60)]).toEqual([0, 1]);
    expect(await storage.stored(jobId)).toMatchObject({ status: "failed", error: { code: "no_callback" } });
  });

  it("is revived by the worker's next word, and watched again", async () => {
    const { jobId } = await storage.insert({ timeoutSeconds: 60 });
    await lookAt(60);
    await storage.changeJob(jobId, said({ progress: 50 }, 100));
    const revived = await storage.stored(jobId);
    expect(revived).toMatchObject({ status: "running", progress: 50 });
    expect(revived).not.toHaveProperty("error");
    expect([await lookAt(159), await lookAt(160)]).toEqual([0, 1]);
  });
});

it("leaves alone what has ended, or ends by itself", async () => {
  const bodies = [
    { status: "completed" },
    { status: "failed" },
    { status: "canceled" },
    { data: { extracted_text: "x" }, images_archive_data: "UEsDBA==" },
  ];
  const jobs = await Promise.all(bodies.map(() => storage.insert({ timeoutSeconds: 60 })));
  for (const [n, { jobId }] of jobs.entries()) await storage.changeJob(jobId, said(bodies[n]));
  expect(await lookAt(1_000_000)).toBe(0);
});

it("ends each job once, however many look at the same time", async () => {
  for (let n = 0; n < 250; n++) await storage.insert({ timeoutSeconds: 60 });
  const other = watchdogOf({
    ...storage,
    changeJob: createChangeJob({ repository: storage.repository, bus: createMemoryBus(() => {}) }),
  });
  storage.clock.now = Date.parse(instant(60));
  const failed = await Promise.all([watchdog.look(), other.look(), watchdog.look()]);
  await other.close();
  expect(failed.reduce((sum, count) => sum + count, 0)).toBe(250);
  const { jobs } = await storage.repository.list("anna@example.org", {
    page: 1,
    limit: 50,
    status: ["failed"],
  });
  expect(new Set(jobs.map(({ revision }) => revision))).toEqual(new Set([1]));
});

it("does not end a job whose worker speaks in the same moment", async () => {
  const { jobId } = await storage.insert({ timeoutSeconds: 60 });
  storage.clock.now = Date.parse(instant(60));
  await Promise.all([storage.changeJob(jobId, said({ progress: 1 }, 60)), watchdog.look()]);
  expect(await storage.stored(jobId)).toMatchObject({ status: "running", progress: 1 });
});

it("looks by itself, and goes on looking when it could not", async () => {
  const { jobId } = await storage.insert({ timeoutSeconds: 60 });
  let refusals = 0;
  const changeJob: Storage["changeJob"] = (...args) =>
    refusals++ < 3 ? Promise.reject(new Error("not now")) : storage.changeJob(...args);
  storage.clock.now = Date.parse(instant(60));
  const often = watchdogOf({ ...storage, changeJob }, 1);
  await expect.poll(() => storage.stored(jobId)).toMatchObject({ status: "failed" });
  await often.close();
});

function lookAt(second: number): Promise<number> {
  storage.clock.now = Date.parse(instant(second));
  return watchdog.look();
}

function watchdogOf({ repository, changeJob, clock }: Storage, everyMs = NEVER_MS): Watchdog {
  return createWatchdog({ repository, changeJob, clock, everyMs, log: createLog("silent") });
}
