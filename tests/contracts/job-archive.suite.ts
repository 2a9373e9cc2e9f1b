import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ArchivedJob, archivedJobSchema, type JobArchive } from "#app/server/repository/job-archive.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import {
  ANNA,
  aDelivery,
  aJob,
  aToken,
  BERT,
  digestOf,
  ids,
  instant,
  lines,
  query,
  saved,
} from "./stored-jobs.ts";

/** A storage under test, opened as a repository or as an archive, one at a time. */
export type ArchiveUnderTest = {
  repository: () => Promise<JobRepository>;
  archive: () => Promise<JobArchive>;
  dispose: () => Promise<void>;
};

/** Every guarantee of `JobArchive`; each adapter runs it. `other` makes the storage the jobs are carried to and back. */
export function describeJobArchive(
  name: string,
  create: () => Promise<ArchiveUnderTest>,
  other: () => Promise<ArchiveUnderTest> = create,
): void {
  describe(`job archive: ${name}`, () => {
    let [from, to]: (ArchiveUnderTest | undefined)[] = [];
    let storages: ArchiveUnderTest[];
    beforeEach(async () => {
      storages = [await create(), await other(), await create()];
      [from, to] = storages;
      await fill(storages[0]);
    });
    afterEach(async () => {
      for (const storage of storages) await storage.dispose();
    });

    it("gives every job in pages of ids, each once and in order, and counts them", async () => {
      await withArchive(from, async (archive) => {
        const all = await archive.ids("", 100);
        expect(all).toEqual(["job-1", "job-2", "job-3", "job-4"]);
        expect(await archive.ids("job-2", 1)).toEqual(["job-3"]);
        expect(await archive.ids("job-4", 1)).toEqual([]);
        expect(await archive.count()).toEqual({ jobs: 3, removed: 1 });
        const jobs = await archive.read(["job-3", "none", "job-1"]);
        expect(jobs.map(({ job }) => job.jobId)).toEqual(["job-1", "job-3"]);
      });
    });

    it("gives jobs in the form of the schema, nothing more", async () => {
      const jobs = await everything(from);
      expect(jobs.map((job) => archivedJobSchema.parse(job))).toEqual(jobs);
      expect(jobs.some(({ logs }) => logs.length === 500)).toBe(true);
      expect(jobs.some(({ deliveries }) => deliveries[0]?.snapshot !== undefined)).toBe(true);
      expect(jobs.some(({ request, requests }) => request !== undefined && requests.length > 1)).toBe(true);
    });

    it("is equal after the way to another storage and back", async () => {
      const jobs = await everything(from);
      for (const target of storages.slice(1)) {
        await withArchive(target, (archive) => archive.write(jobs));
        expect(await everything(target)).toEqual(jobs);
      }
    });

    it("stores a job a second time in the place of the first", async () => {
      const jobs = await everything(from);
      await withArchive(to, async (archive) => {
        await archive.write(jobs);
        await archive.write(jobs.slice(1, 3));
        expect(await archive.count()).toEqual({ jobs: 3, removed: 1 });
      });
      expect(await everything(to)).toEqual(jobs);
    });

    it("answers as a repository what it answered before, under a new epoch", async () => {
      const jobs = await everything(from);
      await withArchive(to, (archive) => archive.write(jobs));
      const answers = [];
      for (const storage of [from, to]) answers.push(await withRepository(storage, answersOf));
      const [before, after] = answers;
      expect(after?.told).toEqual(before?.told);
      expect(after?.epoch).not.toBe(before?.epoch);
      expect(after?.fed.toSorted()).toEqual(before?.fed.toSorted());
    });

    it("goes on from where it was: the next write, the next delivery and its snapshot", async () => {
      const jobs = await everything(from);
      await withArchive(to, (archive) => archive.write(jobs));
      await withRepository(to, async (repository) => {
        let job = await repository.find(ANNA, "job-1");
        for (let n = 0; n < 60 && job; n++) {
          ({ job } = await saved(repository, job, {}, { logs: lines(10) }));
        }
        const history = await repository.history("job-1");
        expect(history?.deliveries.length).toBeGreaterThanOrEqual(50);
        expect(await repository.logs(ANNA, "job-1", { from: 0, limit: 1_000 })).toHaveLength(500);
      });
    });

    it("remembers what it was filled from", async () => {
      await withArchive(to, async (archive) => {
        expect(await archive.migration()).toBeUndefined();
        await archive.note({ source: "sqlite:/a", startedAt: instant(1) });
      });
      await withArchive(to, async (archive) => {
        const migration = { source: "sqlite:/a", startedAt: instant(1) };
        expect(await archive.migration()).toEqual(migration);
        await archive.note({ ...migration, finishedAt: instant(2) });
        expect(await archive.migration()).toEqual({ ...migration, finishedAt: instant(2) });
      });
    });
  });
}

/** A job with everything, one that was only registered, somebody else's, and a removed one. */
async function fill(storage: ArchiveUnderTest | undefined): Promise<void> {
  await withRepository(storage, async (repository) => {
    const request = { key: "key-1", digest: digestOf("a request") };
    const registered = aJob({ jobId: "job-1", title: "Ärztebrief 📄" });
    await repository.insert(registered, aToken(), request);
    await repository.addToken("job-1", aToken());
    let job = registered;
    for (let n = 0; n < 120; n++) {
      const delivery = aDelivery({ at: instant(n), ...(n % 7 === 0 && { idempotencyKey: `key-${n}` }) });
      const fields = { status: "running", updatedAt: instant(n), message: `${n}` } as const;
      ({ job } = await saved(repository, job, fields, { logs: lines(5, n), delivery }));
      if (n % 10 === 0) await repository.recordDelivery("job-1", aDelivery({ reason: "duplicate" }));
    }
    await repository.insert(aJob({ jobId: "job-2" }), aToken());
    await repository.insert(aJob({ jobId: "job-3", userEmail: BERT }), aToken());
    const removed = aJob({ jobId: "job-4", status: "completed" });
    await repository.insert(removed, aToken());
    await repository.remove(removed, instant(5));
  });
}

async function answersOf(repository: JobRepository) {
  const target = await repository.findTarget("job-4");
  const told = {
    pages: [await repository.list(ANNA, query()), await repository.list(BERT, query())],
    logs: await repository.logs(ANNA, "job-1", { from: 0, limit: 1_000 }),
    deliveries: await repository.deliveries(ANNA, "job-1", 50),
    history: await repository.history("job-1"),
    knows: await repository.hasDelivery("job-1", { digest: "", since: instant(0), idempotencyKey: "key-7" }),
    removed: target?.job,
    isRemoved: target?.isRemoved,
    again: await repository.insert(aJob(), aToken(), { key: "key-1", digest: "" }),
  };
  const fed = ids(await repository.changedAfter(ANNA, 0n, 100));
  return { told, fed, epoch: (await repository.head(ANNA)).epoch };
}

async function everything(storage: ArchiveUnderTest | undefined): Promise<ArchivedJob[]> {
  return withArchive(storage, async (archive) => archive.read(await archive.ids("", 100)));
}

async function withArchive<T>(
  storage: ArchiveUnderTest | undefined,
  work: (archive: JobArchive) => Promise<T>,
): Promise<T> {
  if (storage === undefined) throw new Error("no storage");
  const archive = await storage.archive();
  try {
    return await work(archive);
  } finally {
    await archive.close();
  }
}

async function withRepository<T>(
  storage: ArchiveUnderTest | undefined,
  work: (repository: JobRepository) => Promise<T>,
): Promise<T> {
  if (storage === undefined) throw new Error("no storage");
  const repository = await storage.repository();
  try {
    return await work(repository);
  } finally {
    await repository.close();
  }
}
