import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileArtifactStore } from "#app/server/artifacts/artifact-store.files.server.ts";
import { createGridFsArtifactStore } from "#app/server/artifacts/artifact-store.gridfs.server.ts";
import type { ArtifactStore } from "#app/server/artifacts/artifact-store.ts";
import { type JobStorage, migrateStorage } from "#app/server/storage/migrate-storage.server.ts";
import { openSqliteArchive } from "#app/server/repository/job-archive.sqlite.server.ts";
import type { JobArchive } from "#app/server/repository/job-archive.ts";
import { createSqliteRepository } from "#app/server/repository/job-repository.sqlite.server.ts";
import { startMongo } from "../support/start-mongo.ts";
import { aJob, ANNA, aToken, BERT, instant, lines, saved } from "./stored-jobs.ts";

const JOBS = 250;
const SOURCE = "sqlite:/from";
const RESULT = new TextEncoder().encode('{"text":"Größe"}');
const ARCHIVE = new Uint8Array(700_000).fill(7);
const BYTES = RESULT.byteLength + ARCHIVE.byteLength;

const mongo = await startMongo();
afterAll(() => mongo?.stop());

let dataDir: string;
let from: JobStorage;
let opened: JobArchive[];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "jobmon-migrate-"));
  opened = [];
  await fill("from");
  from = openFolder("from");
});
afterEach(async () => {
  for (const archive of opened) await archive.close();
  await rm(dataDir, { recursive: true });
});

describe("a migration", () => {
  it("brings every job, the removed ones and every file, and says so", async () => {
    const outcome = await run(openFolder("to"));
    const held = { jobs: JOBS, removed: 1, tokens: JOBS + 1, logs: 20, files: 2, bytes: BYTES };
    expect(outcome).toMatchObject({ kind: "verified", isSame: true, from: held, to: held });
  });

  it.each([
    ["a write of jobs", (to: JobStorage) => ({ ...to, archive: failing(to.archive, "write", 2) })],
    ["a write of a file", (to: JobStorage) => ({ ...to, artifacts: failing(to.artifacts, "put", 1) })],
    ["the verification", (to: JobStorage) => ({ ...to, archive: failing(to.archive, "read", 5) })],
  ])("that ended at %s goes on when it is run again, and doubles nothing", async (_, broken) => {
    const to = openFolder("to");
    await expect(run(broken(to))).rejects.toThrow("the end");
    const written: number[] = [];
    const archive: JobArchive = {
      ...to.archive,
      write: (jobs) => {
        written.push(jobs.length);
        return to.archive.write(jobs);
      },
    };
    const before = await to.archive.count();
    expect(await run({ ...to, archive })).toMatchObject({ isSame: true });
    const sum = written.reduce((total, count) => total + count, 0);
    expect(sum).toBe(JOBS + 1 - before.jobs - before.removed);
  });

  it("that was finished is only verified when it is run again", async () => {
    const to = openFolder("to");
    await run(to);
    expect(await run({ ...to, archive: failing(to.archive, "write", 0) })).toMatchObject({ isSame: true });
  });

  it("writes nothing to a storage that holds other jobs", async () => {
    await fill("to", 1);
    const to = openFolder("to");
    expect(await run(to)).toEqual({ kind: "not_empty" });
    expect(await to.archive.count()).toEqual({ jobs: 1, removed: 1 });
  });

  it("writes nothing to what another source has begun to fill", async () => {
    const to = openFolder("to");
    await expect(run({ ...to, archive: failing(to.archive, "write", 1) })).rejects.toThrow("the end");
    expect(await run(to, "sqlite:/other")).toEqual({ kind: "not_empty" });
  });

  it("says that a file is not the same, though its size is", async () => {
    const to = openFolder("to");
    await run(to);
    await to.artifacts.put("job-0", "images.zip", new Uint8Array(700_000).fill(8));
    expect(await run(to)).toMatchObject({ isSame: false, from: { files: 2 }, to: { files: 2 } });
  });

  it("says that a job is not the same, though their number is", async () => {
    const to = openFolder("to");
    await run(to);
    const [job] = await to.archive.read(["job-7"]);
    if (job === undefined) throw new Error("job-7 is not there");
    await to.archive.write([{ ...job, job: { ...job.job, message: "anders" } }]);
    expect(await run(to)).toMatchObject({ isSame: false });
  });

  it("tells how far it is, to the end of both steps", async () => {
    const told: unknown[] = [];
    const options = { from, to: openFolder("to"), source: SOURCE, clock: Date.now };
    await migrateStorage({ ...options, onProgress: (progress) => told.push(progress) });
    expect(told).toContainEqual({ step: "copy", done: 100, total: JOBS + 1 });
    expect(told).toContainEqual({ step: "copy", done: JOBS + 1, total: JOBS + 1 });
    expect(told.at(-1)).toEqual({ step: "verify", done: JOBS + 1, total: JOBS + 1 });
  });

  it.skipIf(mongo === undefined)("carries files to GridFS and back as they are", async () => {
    const client = await new MongoClient(mongo?.uri ?? "").connect();
    const db = client.db(`jobmon-${randomUUID()}`);
    const artifacts = await createGridFsArtifactStore({ db, clock: Date.now });
    const there = { ...openFolder("there"), artifacts };
    expect(await run(there)).toMatchObject({ isSame: true, to: { files: 2, bytes: BYTES } });
    const back = { from: there, to: openFolder("back"), source: SOURCE, clock: Date.now };
    expect(await migrateStorage({ ...back, onProgress: () => {} })).toMatchObject({ isSame: true });
    await db.dropDatabase();
    await client.close();
  });
});

function run(to: JobStorage, source = SOURCE) {
  return migrateStorage({ from, to, source, clock: Date.now, onProgress: () => {} });
}

function openFolder(name: string): JobStorage {
  const folder = join(dataDir, name);
  const archive = openSqliteArchive({ dataDir: folder });
  opened.push(archive);
  return { archive, artifacts: createFileArtifactStore({ dataDir: folder }) };
}

/** The real part, as it is when the process ends at the call after so many. */
function failing<Part extends JobArchive | ArtifactStore>(part: Part, call: keyof Part, after: number): Part {
  let left = after;
  return new Proxy(part, {
    get(target, name) {
      const real: unknown = Reflect.get(target, name);
      if (name !== call || typeof real !== "function") return real;
      return (...args: unknown[]) =>
        left-- > 0 ? Reflect.apply(real, target, args) : Promise.reject(new Error("the end"));
    },
  });
}

async function fill(name: string, jobs = JOBS): Promise<void> {
  const folder = join(dataDir, name);
  const repository = createSqliteRepository({ dataDir: folder });
  const artifacts = createFileArtifactStore({ dataDir: folder });
  const removed = aJob({ jobId: "gone", status: "completed" });
  await repository.insert(removed, aToken());
  await repository.remove(removed, instant(5));
  const ofJobs = Array.from({ length: jobs }, (_, n) =>
    aJob({ jobId: `job-${n}`, userEmail: n % 3 === 0 ? ANNA : BERT }),
  );
  await Promise.all(ofJobs.map((job) => repository.insert(job, aToken())));
  const [first] = ofJobs;
  if (first !== undefined) {
    await artifacts.put("job-0", "result-1.json", RESULT);
    await artifacts.put("job-0", "images.zip", ARCHIVE);
    const files = {
      result: { name: "result-1.json", size: RESULT.byteLength },
      artifacts: [{ name: "images.zip", type: "application/zip", size: ARCHIVE.byteLength }],
    };
    await saved(repository, first, { status: "completed", ...files }, { logs: lines(20) });
  }
  await repository.close();
}
