import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Job } from "#app/contract/job.ts";
import { makeZip } from "../../../tests/support/make-zip.ts";
import { instant, openStorage, said, type Storage } from "../../../tests/support/open-storage.ts";
import { type ArtifactStore, ArtifactStoreError } from "./artifact-store.ts";
import { checkArchive } from "./check-archive.server.ts";
import { type ArchiveStorage, createArchiveStorage } from "./store-archives.server.ts";

const ZIP = makeZip([{ name: "seite-1.txt", data: new TextEncoder().encode("Seite 1") }]);
const NO_ZIP = new TextEncoder().encode("no archive at all");
const STAGED = "archive-1.zip";
const STORED = [{ name: "images.zip", type: "application/zip", size: ZIP.length }];

let storage: Storage;
let logged: unknown[];
let opened: ArchiveStorage[];
beforeEach(async () => {
  storage = await openStorage();
  [logged, opened] = [[], []];
});
afterEach(async () => {
  for (const archives of opened) await archives.close();
  await storage[Symbol.asyncDispose]();
});

it("makes an archive an artifact, and the job ends as the worker said", async () => {
  const job = await aStoringJob(ZIP);
  archivesOf().store(job);
  expect(await endOf(job)).toMatchObject({ status: "completed", progress: 100, artifacts: STORED });
  expect(await storage.artifacts.open(job.jobId, STAGED)).toBeUndefined();
  expect((await storage.artifacts.open(job.jobId, "images.zip"))?.size).toBe(ZIP.length);
});

it("refuses what is no archive, keeps the text and removes the file", async () => {
  const job = await aStoringJob(NO_ZIP);
  const archives = archivesOf();
  archives.store(job);
  const end = await endOf(job);
  await archives.close();
  expect(end).toMatchObject({ status: "failed", error: { message: /not a sound ZIP/ } });
  expect(end.result).toEqual(job.result);
  expect(await storage.artifacts.open(job.jobId, STAGED)).toBeUndefined();
});

it("keeps the worker's own error where the archive is refused too", async () => {
  const job = await aStoringJob(NO_ZIP, {
    error: { code: "OCR", message: "unreadable" },
    data: { extracted_text: "a" },
  });
  archivesOf().store(job);
  expect(await endOf(job)).toMatchObject({ status: "failed", error: { code: "OCR" } });
});

it("ends a job whose archive never arrived whole, with the reason", async () => {
  const job = await aStoringJob(undefined);
  archivesOf().store(job, "images_archive_data is not base64");
  expect(await endOf(job)).toMatchObject({
    status: "failed",
    error: { message: "images_archive_data is not base64" },
  });
});

it.each<[string, (job: Job) => Promise<unknown>]>([
  ["before anything was done", async () => {}],
  ["after the rename", ({ jobId }) => storage.artifacts.rename(jobId, STAGED, "images.zip")],
])("finishes after a restart what a crash left %s", async (_, crash) => {
  const job = await aStoringJob(ZIP);
  await crash(job);
  archivesOf().resume();
  expect(await endOf(job)).toMatchObject({ status: "completed", artifacts: STORED });
});

it("finishes more jobs than one page after a restart, the hopeless ones among them", async () => {
  const jobs: Job[] = [];
  for (let n = 0; n < 120; n++) jobs.push(await aStoringJob(n % 10 === 0 ? undefined : ZIP));
  archivesOf().resume();
  const ends = await Promise.all(jobs.map(endOf));
  expect(ends.filter(({ status }) => status === "completed")).toHaveLength(108);
  expect(ends.filter(({ status }) => status === "failed")).toHaveLength(12);
});

it("does the same work twice without harm, as two instances may", async () => {
  const job = await aStoringJob(ZIP);
  const both = [archivesOf(), archivesOf()];
  for (const archives of both) archives.store(job);
  const { revision } = await endOf(job);
  for (const archives of both) await archives.close();
  expect(await storage.stored(job.jobId)).toMatchObject({ revision, status: "completed", artifacts: STORED });
});

it("tries again when the store fails, and succeeds when it is back", async () => {
  const job = await aStoringJob(ZIP);
  archivesOf(failing(3)).store(job);
  expect(await endOf(job)).toMatchObject({ status: "completed", artifacts: STORED });
  expect(logged).toHaveLength(3);
});

it("ends the job when the store fails for good", async () => {
  const job = await aStoringJob(ZIP);
  archivesOf(failing(Number.POSITIVE_INFINITY)).store(job);
  expect(await endOf(job)).toMatchObject({
    status: "failed",
    error: { message: "the archive could not be stored" },
  });
});

it("leaves to the next start what is not finished when it closes", async () => {
  const job = await aStoringJob(ZIP);
  const archives = archivesOf(failing(Number.POSITIVE_INFINITY), 60_000);
  archives.store(job);
  await expect.poll(() => logged.length).toBe(1);
  await archives.close();
  expect(await storage.stored(job.jobId)).toMatchObject({ status: "pending-storage" });
});

function archivesOf(artifacts: ArtifactStore = storage.artifacts, retryMs = 1): ArchiveStorage {
  const { repository, changeJob, clock } = storage;
  const log = { error: (...entry: unknown[]) => void logged.push(entry) };
  const archives = createArchiveStorage({
    repository,
    changeJob,
    artifacts,
    clock,
    log,
    retryMs,
    worker: { checkArchive },
  });
  opened.push(archives);
  return archives;
}

/** The real store, as it is when its disk cannot be read so many times. */
function failing(times: number): ArtifactStore {
  let left = times;
  return {
    ...storage.artifacts,
    open: (jobId, name) =>
      left-- > 0 ? Promise.reject(new ArtifactStoreError("EIO")) : storage.artifacts.open(jobId, name),
  };
}

/** A job whose final is accepted and durable, its archive staged. */
async function aStoringJob(
  archive: Uint8Array | undefined,
  final: object = { data: { extracted_text: "a" } },
): Promise<Job> {
  const { jobId } = await storage.insert();
  const event = said({ ...final, images_archive_data: "UEsD" });
  if (event.type !== "callback_received") throw new Error("a final is a callback");
  if (archive) await storage.artifacts.put(jobId, STAGED, archive);
  const stored = {
    result: { name: "result-1.json", size: 2 },
    ...(archive && { archive: { name: STAGED, size: archive.length } }),
  };
  const request = { bytes: 1, digest: randomUUID() };
  const changed = await storage.changeJob(jobId, { ...event, at: instant(1), stored }, request);
  expect(changed?.job.status).toBe("pending-storage");
  return storage.stored(jobId);
}

async function endOf({ jobId }: Job): Promise<Job> {
  await expect
    .poll(async () => (await storage.stored(jobId)).status, { timeout: 10_000 })
    .not.toBe("pending-storage");
  return storage.stored(jobId);
}
