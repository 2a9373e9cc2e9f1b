import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatCursor, parseCursor } from "#app/contract/cursor.ts";
import type { Job } from "#app/contract/job.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import { ANNA, BERT, lines, saved, stored } from "../../../tests/contracts/stored-jobs.ts";
import { watchFeed } from "../../../tests/support/watch-feed.ts";
import { createMemoryBus } from "#app/server/bus/job-bus.memory.server.ts";
import type { JobBus } from "#app/server/bus/job-bus.ts";
import type { JobStreamRequest } from "./open-job-stream.server.ts";
import { createSqliteRepository } from "#app/server/repository/job-repository.sqlite.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";

let folder: string;
let repository: JobRepository;
let bus: JobBus;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "jobmon-"));
  repository = createSqliteRepository({ dataDir: folder });
  bus = createMemoryBus((error) => {
    throw error;
  });
});
afterEach(async () => {
  await repository.close();
  await rm(folder, { recursive: true });
});

describe("a stream without a cursor", () => {
  it("begins now: it replays nothing, says where it is, and is live", async () => {
    const job = await stored(repository);
    const viewer = watch();
    await viewer.stream.start();
    expect(viewer.events).toEqual([{ event: "ready", id: await head(), data: { head: await head() } }]);
    const { job: moved } = await change(job, { progress: 5 });
    expect(viewer.events.at(-1)).toEqual({
      event: "job_update",
      id: await head(),
      data: expect.objectContaining({ jobId: job.jobId, progress: 5, revision: moved.revision }),
    });
  });
});

describe("a stream with a cursor", () => {
  it("replays the newest state of what changed since, in the order of the changes", async () => {
    const [a, b, c] = [await stored(repository), await stored(repository), await stored(repository)];
    const after = await head();
    await change((await change(b)).job, { progress: 7 });
    await change(a);
    const viewer = watch({ after });
    await viewer.stream.start();
    expect(viewer.updates().map(({ jobId }) => jobId)).toEqual([b.jobId, a.jobId]);
    expect(viewer.updates()[0]).toMatchObject({ progress: 7, revision: b.revision + 2 });
    expect(viewer.updates().map(({ jobId }) => jobId)).not.toContain(c.jobId);
    expect(viewer.events.at(-1)).toMatchObject({ event: "ready", id: await head() });
  });

  it("replays all of it, however long it was away", async () => {
    const after = await head();
    const jobs = await Promise.all(Array.from({ length: 450 }, () => stored(repository)));
    const viewer = watch({ after });
    await viewer.stream.start();
    expect(new Set(viewer.updates().map(({ jobId }) => jobId))).toEqual(
      new Set(jobs.map(({ jobId }) => jobId)),
    );
  });

  it.each([
    ["", "empty"],
    ["nonsense", "no cursor"],
    [`0.${"9".repeat(18)}`, "of another feed"],
    ["k3x.5\r\nevent: bye", "two lines"],
  ])("that is %j resets: %s", async (after) => {
    await stored(repository);
    const viewer = watch({ after });
    await viewer.stream.start();
    const at = { id: await head(), data: { head: await head() } };
    expect(viewer.events).toEqual([
      { event: "reset", ...at },
      { event: "ready", ...at },
    ]);
  });

  it("from the future resets", async () => {
    const { epoch, seq } = await repository.head(ANNA);
    const viewer = watch({ after: formatCursor({ epoch, seq: seq + 1n }) });
    await viewer.stream.start();
    expect(viewer.names()).toEqual(["reset", "ready"]);
  });

  it("from before a removal that is forgotten resets, one from after it does not", async () => {
    const [gone, kept] = [await stored(repository), await stored(repository)];
    const old = await head();
    const { job } = await saved(repository, gone, { status: "failed" });
    await repository.remove(job, "2026-01-01T00:00:00.000Z");
    const fresh = await head();
    await change(kept);
    await repository.sweepTombstones("2026-02-01T00:00:00.000Z", 10);
    const [before, after] = [watch({ after: old }), watch({ after: fresh })];
    await before.stream.start();
    await after.stream.start();
    expect(before.names()).toEqual(["reset", "ready"]);
    expect(after.names()).toEqual(["job_update", "ready"]);
  });

  it("of another user resets, and shows nothing of that user", async () => {
    const after = formatCursor(await repository.head(BERT));
    await stored(repository, { userEmail: BERT });
    const viewer = watch({ after });
    await viewer.stream.start();
    expect(viewer.names()).toEqual(["reset", "ready"]);
  });
});

describe("a user", () => {
  it("sees nothing of another user, replayed or live", async () => {
    const job = await stored(repository, { userEmail: BERT });
    const after = await head();
    const viewer = watch({ after });
    await change(job);
    await viewer.stream.start();
    await change((await repository.find(BERT, job.jobId)) ?? job);
    await viewer.beat();
    expect(viewer.names()).toEqual(["ready", "heartbeat"]);
  });

  it("cannot follow another user's job", async () => {
    const job = await stored(repository, { userEmail: BERT });
    await change(job, {}, 3);
    const viewer = watch({ follow: { jobId: job.jobId, logFrom: 0 } });
    await viewer.stream.start();
    await viewer.beat();
    expect(viewer.names()).toEqual(["ready", "heartbeat"]);
  });
});

describe("a followed job", () => {
  it("shows its kept lines, then every new one once with its index, and no other job", async () => {
    const [job, other] = [await stored(repository), await stored(repository)];
    const begun = (await change(job, {}, 3)).job;
    const viewer = watch({ follow: { jobId: job.jobId, logFrom: 1 } });
    await viewer.stream.start();
    await change(other, {}, 2);
    await change(begun, {}, 2);
    expect(viewer.lines()).toEqual([1, 2, 3, 4]);
    expect(viewer.updates().map(({ jobId }) => jobId)).toEqual([job.jobId]);
  });

  it("shows the lines that the bus has lost with the next heartbeat", async () => {
    const job = await stored(repository);
    const viewer = watch({ follow: { jobId: job.jobId, logFrom: 0 } });
    await viewer.stream.start();
    const lost = (await change(job, {}, 2, { isLost: true })).job;
    await change(lost, {}, 1);
    await viewer.beat();
    expect(viewer.lines()).toEqual([0, 1, 2]);
  });

  it("does not make a viewer think it has missed what it did not ask for", async () => {
    const [job, other] = [await stored(repository), await stored(repository)];
    const viewer = watch({ follow: { jobId: job.jobId, logFrom: 0 } });
    await viewer.stream.start();
    await change(other);
    await viewer.beat();
    const beat = viewer.events.at(-1);
    expect(beat).toEqual({ event: "heartbeat", data: { head: viewer.lastId() } });
  });
});

describe("the heartbeat", () => {
  it("brings what the bus has lost, then the head", async () => {
    const job = await stored(repository);
    const viewer = watch();
    await viewer.stream.start();
    await change(job, { progress: 9 }, 0, { isLost: true });
    await viewer.beat();
    expect(viewer.names()).toEqual(["ready", "job_update", "heartbeat"]);
    expect(viewer.events.at(-1)).toMatchObject({ data: { head: await head() } });
  });

  it("alone, when nothing was lost", async () => {
    const viewer = watch();
    await viewer.stream.start();
    await viewer.beat();
    expect(viewer.names()).toEqual(["ready", "heartbeat"]);
  });
});

it("is silent once it is closed", async () => {
  const job = await stored(repository);
  const viewer = watch();
  await viewer.stream.start();
  viewer.stream.close();
  await change(job);
  expect(viewer.names()).toEqual(["ready"]);
});

it("rejects when the repository cannot answer", async () => {
  const viewer = watch();
  await repository.close();
  await expect(viewer.stream.start()).rejects.toMatchObject({ code: "repository_unavailable" });
  repository = createSqliteRepository({ dataDir: folder });
});

describe("the start has no gap", () => {
  it.each([
    ["all jobs", false],
    ["one job and its lines", true],
  ])("for a viewer of %s, whatever the step at which changes are committed", async (_, follows) => {
    const [job, other] = [await stored(repository), await stored(repository)];
    let steps = 0;
    for (;;) {
      const step = steps;
      const after = await head();
      const logFrom = (await current(job.jobId)).logCount;
      await change(await current(job.jobId), {}, 1);
      let seen = 0;
      const viewer = watch(
        { after, follow: follows ? { jobId: job.jobId, logFrom } : undefined },
        async () => {
          if (seen++ !== step) return;
          await change(await current(other.jobId), {}, 1);
          await change(await current(job.jobId), {}, 2);
        },
      );
      await viewer.stream.start();
      viewer.stream.close();
      if (seen <= step) break;
      steps += 1;
      expect(viewer.newest()).toEqual(await newestOf(follows ? [job] : [job, other]));
      expect(viewer.lines()).toEqual(follows ? [logFrom, logFrom + 1, logFrom + 2] : []);
      expectOrderedIds(viewer.events);
    }
    expect(steps).toBeGreaterThanOrEqual(follows ? 6 : 2);
  });

  it("with any changes at any steps, also when the bus goes away at one of them", async () => {
    const jobs = [await stored(repository), await stored(repository), await stored(repository)];
    const at = fc.record({
      step: fc.nat(9),
      which: fc.nat(2),
      newLines: fc.nat(2),
    });
    const losesFrom = fc.nat(12);
    await fc.assert(
      fc.asyncProperty(
        fc.array(at, { maxLength: 8 }),
        fc.nat(2),
        losesFrom,
        async (changes, follows, away) => {
          const followed = jobs[follows]?.jobId ?? "";
          const logFrom = (await current(followed)).logCount;
          const after = await head();
          const before = await newestOf(jobs);
          let step = 0;
          const makeChanges = async (now: number): Promise<void> => {
            for (const { which, newLines } of changes.filter((planned) => planned.step === now)) {
              const { jobId = "" } = jobs[which] ?? {};
              await change(await current(jobId), {}, newLines, { isLost: now >= away });
            }
          };
          const atEveryStep = (): Promise<void> => makeChanges(step++);
          const all = watch({ after }, atEveryStep);
          const one = watch({ after, follow: { jobId: followed, logFrom } });
          await Promise.all([all.stream.start(), one.stream.start()]);
          for (let later = step; later < 10; later++) await atEveryStep();
          await Promise.all([all.beat(), one.beat()]);

          expect({ ...before, ...all.newest() }).toEqual(await newestOf(jobs));
          const count = (await current(followed)).logCount - logFrom;
          expect(one.lines()).toEqual(Array.from({ length: count }, (_, offset) => logFrom + offset));
          for (const viewer of [all, one]) {
            expectOrderedIds(viewer.events);
            viewer.stream.close();
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

function watch(request: Partial<JobStreamRequest> = {}, atEveryStep?: () => Promise<void>) {
  return watchFeed({ repository, bus, ...request, ...(atEveryStep && { atEveryStep }) });
}

/** Makes the next revision of a job durable and publishes it, unless the bus is to lose it. */
async function change(job: Job, fields: Partial<Job> = {}, newLines = 0, { isLost = false } = {}) {
  const logs = lines(newLines, job.logCount);
  const written = await saved(repository, job, fields, { logs });
  if (!isLost) bus.publish({ userEmail: job.userEmail, seq: written.seq, job: written.job, logs });
  return written;
}

async function current(jobId: string): Promise<Job> {
  const job = await repository.find(ANNA, jobId);
  if (job === undefined) throw new Error(`no job ${jobId}`);
  return job;
}

async function newestOf(jobs: readonly Job[]): Promise<Record<string, number>> {
  const known = await Promise.all(jobs.map(({ jobId }) => current(jobId)));
  return Object.fromEntries(known.map(({ jobId, revision }) => [jobId, revision]));
}

async function head(): Promise<string> {
  return formatCursor(await repository.head(ANNA));
}

function expectOrderedIds(events: readonly StreamEvent[]): void {
  const ids = events.flatMap(({ id }) => (id === undefined ? [] : [parseCursor(id)?.seq ?? -1n]));
  expect(ids).toEqual([...ids].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
}
