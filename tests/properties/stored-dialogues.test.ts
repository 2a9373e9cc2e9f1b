import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Job } from "#app/contract/job.ts";
import type { JobEvent } from "#app/contract/job-event.ts";
import { auditJobs } from "#app/server/audit.server.ts";
import { createMemoryBus } from "#app/server/bus/job-bus.memory.server.ts";
import { hashToken } from "#app/server/callback-token.server.ts";
import { type ChangeJob, createChangeJob } from "#app/server/change-job.server.ts";
import { createSqliteRepository } from "#app/server/repository/job-repository.sqlite.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { arrivals, type Body, dialogue } from "./dialogues.ts";
import { instant, read, received, registeredJob } from "./play.ts";

const RUNS = 300;

let dataDir: string;
let repository: JobRepository;
let changeJob: ChangeJob;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "jobmon-properties-"));
  repository = createSqliteRepository({ dataDir });
  const bus = createMemoryBus((error) => expect(error).toBeUndefined());
  changeJob = createChangeJob({ repository, bus });
});
afterAll(async () => {
  await repository.close();
  await rm(dataDir, { recursive: true });
});

it(`each of ${RUNS} dialogues, all of it at once, ends as it is told, and its deliveries give the stored job`, async () => {
  const toldAndArrived = dialogue.chain((told) =>
    fc.tuple(fc.constant([...told.callbacks, told.final]), arrivals(told), fc.boolean()),
  );
  await fc.assert(
    fc.asyncProperty(toldAndArrived, async ([told, arrived, isCanceled]) => {
      const inOrder = await inserted();
      for (const [n, body] of told.entries()) await send(inOrder, body, n);
      const atOnce = await inserted();
      const cancel: JobEvent = { type: "cancel_requested", at: instant(1) };
      if (isCanceled) await changeJob(atOnce, cancel);
      const answers = await Promise.all(arrived.map((body, n) => send(atOnce, body, n)));

      const [expected, job] = [await stored(inOrder), await stored(atOnce)];
      expect(endOf(job)).toEqual(endOf(expected));
      const applied = answers.filter((answer) => answer?.applied).length;
      expect(job.revision).toBe(applied + (isCanceled ? 1 : 0));
    }),
    { numRuns: RUNS },
  );
  expect(await auditJobs(repository)).toMatchObject({ partial: 0, faults: [] });
}, 120_000);

it("a job of more deliveries than are kept is replayed from a later snapshot", async () => {
  const jobId = await inserted();
  for (let n = 0; n < 230; n++) await send(jobId, { current: n, total: 1_000 }, n * 11);
  const history = await repository.history(jobId);
  expect(history?.isWhole).toBe(false);
  expect(history?.deliveries.length).toBeGreaterThanOrEqual(50);
  expect(await auditJobs(repository)).toMatchObject({ partial: 1, faults: [] });
}, 20_000);

async function inserted(): Promise<string> {
  const job = registeredJob({}, randomUUID());
  await repository.insert(job, { hash: hashToken(job.jobId), expiresAt: instant(9_999) });
  return job.jobId;
}

/** The n-th callback of a job. */
function send(jobId: string, body: Body, n: number): ReturnType<ChangeJob> {
  const parsed = read(body);
  const { bytes, digest } = parsed;
  return changeJob(jobId, received(parsed, instant(n + 2)), { bytes, digest });
}

async function stored(jobId: string): Promise<Job> {
  const target = await repository.findTarget(jobId);
  if (target === undefined) throw new Error(`${jobId} is not stored`);
  return target.job;
}

function endOf({ status, result, archive, error, endedBy }: Job) {
  return { status, result, archive, error, endedBy };
}
