import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turnEnds } from "node:timers/promises";
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { formatCursor } from "#app/contract/cursor.ts";
import type { Job } from "#app/contract/job.ts";
import { ANNA, lines, saved, stored } from "../../../tests/contracts/stored-jobs.ts";
import { type Fate, lossyBus } from "../../../tests/support/lossy-bus.ts";
import { watchFeed } from "../../../tests/support/watch-feed.ts";
import { createMemoryBus } from "#app/server/bus/job-bus.memory.server.ts";
import type { JobBus } from "#app/server/bus/job-bus.ts";
import { createSqliteRepository } from "#app/server/repository/job-repository.sqlite.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";

let folder: string;
let repository: JobRepository;
/** Two instances that publish. */
let buses: JobBus[];
let jobs: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "jobmon-"));
  repository = createSqliteRepository({ dataDir: folder });
  buses = [0, 1].map(() =>
    createMemoryBus((error) => {
      throw error;
    }),
  );
  jobs = [];
  for (let n = 0; n < 3; n++) jobs.push((await stored(repository)).jobId);
});
afterEach(async () => {
  await repository.close();
  await rm(folder, { recursive: true });
});

it("a lost message is noticed with the next one of its sender, whatever job that is about", async () => {
  const bus = lossyBus(buses, fates(["lost", "arrives"]));
  const viewer = watchFeed({ repository, bus });
  await viewer.stream.start();
  await change(0, 0);
  await change(1, 0);
  await turnEnds();
  expect(viewer.newest()).toEqual({ [jobs[0] ?? ""]: 1, [jobs[1] ?? ""]: 1 });
});

it("a message that comes late is not taken for known, and shows the newest state", async () => {
  const bus = lossyBus(buses, fates([{ after: 1 }, "arrives"]));
  const viewer = watchFeed({ repository, bus });
  await viewer.stream.start();
  await change(0, 0);
  await change(1, 1);
  await turnEnds();
  expect(viewer.newest()).toEqual({ [jobs[0] ?? ""]: 1, [jobs[1] ?? ""]: 1 });
});

it("a message that comes twice is shown once", async () => {
  const bus = lossyBus(buses, fates(["twice"]));
  const viewer = watchFeed({ repository, bus });
  await viewer.stream.start();
  await change(0, 0);
  expect(viewer.names()).toEqual(["ready", "job_update"]);
});

it("a viewer that resumes misses nothing, though a later message of another sender was shown with an id", async () => {
  const viewer = watchFeed({ repository, bus: lossyBus(buses, fates(["lost", "arrives"])) });
  await viewer.stream.start();
  await change(0, 0);
  await change(1, 1);
  expect(viewer.newest()).toEqual({ [jobs[1] ?? ""]: 1 });
  const again = watchFeed({ repository, bus: lossyBus(buses, fates([])), after: viewer.lastId() });
  await again.stream.start();
  expect(again.newest()).toEqual({ [jobs[0] ?? ""]: 1, [jobs[1] ?? ""]: 1 });
});

it("every viewer converges, whatever is committed at whatever step, lost, late or doubled", async () => {
  const fate = fc.oneof(
    { weight: 3, arbitrary: fc.constant<Fate>("arrives") },
    fc.constantFrom<Fate>("lost", "twice", { after: 1 }, { after: 3 }),
  );
  const planned = fc.record({ step: fc.nat(14), which: fc.nat(2), sender: fc.nat(1), newLines: fc.nat(2) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(planned, { maxLength: 12 }),
      fc.array(fate, { maxLength: 30 }),
      fc.nat(2),
      async (changes, plan, follows) => {
        const followed = jobs[follows] ?? "";
        const logFrom = (await current(followed)).logCount;
        const after = formatCursor(await repository.head(ANNA));
        const before = await newest();
        let step = 0;
        const atEveryStep = async (): Promise<void> => {
          const now = step++;
          for (const { which, sender, newLines } of changes.filter((one) => one.step === now)) {
            await change(which, sender, newLines);
          }
        };
        const [one, other] = [lossyBus(buses, fates(plan)), lossyBus(buses, fates(plan.toReversed()))];
        const all = watchFeed({ repository, bus: one, after, atEveryStep, rowsAtOnce: 2 });
        const follower = watchFeed({ repository, bus: other, after, follow: { jobId: followed, logFrom } });
        await Promise.all([all.stream.start(), follower.stream.start()]);
        for (let later = step; later < 15; later++) {
          await atEveryStep();
          await turnEnds();
        }
        for (const bus of [one, other]) bus.bringLate();
        await turnEnds();
        for (const viewer of [all, follower]) await viewer.beat();
        expect({ ...before, ...all.newest() }).toEqual(await newest());
        expect(follower.newest()[followed] ?? before[followed]).toBe((await current(followed)).revision);
        const count = (await current(followed)).logCount - logFrom;
        expect(follower.lines()).toEqual(Array.from({ length: count }, (_, offset) => logFrom + offset));
        for (const viewer of [all, follower]) viewer.stream.close();
      },
    ),
    { numRuns: 100 },
  );
});

/** One after the other, then everything arrives. */
function fates(plan: Fate[]): () => Fate {
  const left = [...plan];
  return () => left.shift() ?? "arrives";
}

let lastChange: Promise<void> = Promise.resolve();

/** The next revision of a job, made durable and published by one of the two; one change after the other. */
function change(which: number, sender: number, newLines = 0): Promise<void> {
  lastChange = lastChange.then(() => makeChange(which, sender, newLines));
  return lastChange;
}

async function makeChange(which: number, sender: number, newLines: number): Promise<void> {
  const job = await current(jobs[which] ?? "");
  const logs = lines(newLines, job.logCount);
  const written = await saved(repository, job, {}, { logs });
  buses[sender]?.publish({ userEmail: ANNA, seq: written.seq, job: written.job, logs });
}

async function current(jobId: string): Promise<Job> {
  const job = await repository.find(ANNA, jobId);
  if (job === undefined) throw new Error(`no job ${jobId}`);
  return job;
}

async function newest(): Promise<Record<string, number>> {
  const known = await Promise.all(jobs.map(current));
  return Object.fromEntries(known.map(({ jobId, revision }) => [jobId, revision]));
}
