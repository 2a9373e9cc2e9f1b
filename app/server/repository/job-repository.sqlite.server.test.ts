import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Job } from "#app/contract/job.ts";
import { newJob } from "#app/domain/new-job.ts";
import { DataFolderError, type DataFolderFault } from "./data-folder-error.ts";
import { createSqliteRepository } from "./job-repository.sqlite.server.ts";
import { type JobChange, type JobRepository, RepositoryUnavailableError } from "./job-repository.ts";

/** How many steps the schema has. */
const SCHEMA_VERSION = 9;
const ANNA = "anna@example.org";
const AT = "2026-01-01T00:00:00.000Z";

let folder: string;
const children: ChildProcess[] = [];
const repositories: JobRepository[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "jobmon-"));
});
afterEach(async () => {
  await Promise.all(repositories.splice(0).map((repository) => repository.close()));
  await Promise.all(children.splice(0).map(killHard));
  await rm(folder, { recursive: true });
});

it("creates the folder for its owner only, and the schema from nothing", async () => {
  const dataDir = join(folder, "a", "b");
  await open(dataDir).close();
  expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
  expect(await userVersion(dataDir)).toBe(SCHEMA_VERSION);
});

it("opens a folder it already knows without changing its schema, and leaves no log behind on close", async () => {
  for (let start = 0; start < 3; start++) {
    const repository = open(folder);
    await insert(repository, `job-${start}`);
    await repository.close();
  }
  expect(await userVersion(folder)).toBe(SCHEMA_VERSION);
  await expect(stat(join(folder, "jobmon.db-wal"))).rejects.toThrow("ENOENT");
  expect((await open(folder).list(ANNA, { page: 1, limit: 20 })).total).toBe(3);
});

it("counts each user's feed exactly: one for every write, none for a conflict", async () => {
  const repository = open(folder);
  expect(await insert(repository, "job-1")).toEqual({ seq: 1n });
  const change = changeOf(aJob("job-1"), 0);
  expect(await Promise.all([repository.save(change), repository.save(change)])).toEqual([
    { seq: 2n },
    "conflict",
  ]);
  expect(await repository.head(ANNA)).toEqual({
    epoch: expect.stringMatching(/^[0-9a-z]+$/),
    seq: 2n,
    sweptSeq: 0n,
  });
});

it("keeps of a long job the last 500 lines, the last 1,000 requests and deliveries from a snapshot on", async () => {
  const repository = open(folder);
  let job = aJob("job-1");
  const writes: Promise<unknown>[] = [insert(repository, "job-1")];
  for (let n = 0; n < 1_060; n++) {
    const change = changeOf(job, n % 10);
    writes.push(repository.save(change));
    job = change.job;
  }
  await Promise.all(writes);
  await repository.close();
  using db = new DatabaseSync(join(folder, "jobmon.db"));
  const { logCount } = job;
  expect(rows(db, "SELECT min(idx) AS first, max(idx) AS last FROM job_logs")).toEqual([
    { first: logCount - 500, last: logCount - 1 },
  ]);
  expect(rows(db, "SELECT min(revision) AS first, max(revision) AS last FROM applied_requests")).toEqual([
    { first: 51, last: 1_060 },
  ]);
  expect(rows(db, "SELECT min(n) AS first, max(n) AS last FROM deliveries")).toEqual([
    { first: 1_000, last: 1_060 },
  ]);
  expect(rows(db, "SELECT n FROM deliveries WHERE snapshot IS NOT NULL")).toEqual([
    { n: 1_000 },
    { n: 1_050 },
  ]);
});

it.each([
  [49, 0],
  [50, 0],
  [99, 0],
  [100, 50],
  [149, 50],
  [150, 100],
])("keeps after %i deliveries those from number %i on", async (count, first) => {
  const repository = open(folder);
  const event = { type: "cancel_requested", at: AT } as const;
  const writes: Promise<unknown>[] = [insert(repository, "job-1")];
  for (let n = 0; n < count; n++) {
    writes.push(repository.recordDelivery("job-1", { event, applied: false, reason: "duplicate" }));
  }
  await Promise.all(writes);
  expect(await repository.history("job-1")).toMatchObject({ isWhole: first === 0 });
  expect((await repository.history("job-1"))?.deliveries).toHaveLength(count - first);
});

it("leaves of a removed job its tombstone and its tokens, nothing else", async () => {
  const repository = open(folder);
  await insert(repository, "job-1");
  await repository.save(changeOf(aJob("job-1"), 3));
  expect(await repository.remove(changeOf(aJob("job-1"), 3).job, AT)).toEqual({ seq: 3n });
  await repository.close();
  using db = new DatabaseSync(join(folder, "jobmon.db"));
  const count = (table: string) => rows(db, `SELECT count(*) AS n FROM ${table}`)[0]?.["n"];
  const tables = ["jobs", "job_logs", "deliveries", "applied_requests", "tombstones", "callback_tokens"];
  expect(tables.map(count)).toEqual([0, 0, 0, 0, 1, 1]);
});

it("refuses a second process on the same folder, and lets it in after the first has closed", async () => {
  const repository = open(folder);
  const refused = await startChild(folder);
  expect(refused.line).toMatch(
    /^data_folder_in_use The data folder \S+ is in use by another jobmon\. Stop that/,
  );
  expect(refused.line).toContain(folder);
  expectFault(() => createSqliteRepository({ dataDir: folder }), "in_use");
  await repository.close();
  expect((await startChild(folder)).line).toBe("0");
});

it("loses nothing that was acknowledged to kill -9, and the folder is free again", async () => {
  const { child, line, lines } = await startChild(folder);
  expect(line).toBe("0");
  let acknowledged = 0;
  for await (const next of lines) {
    acknowledged = Number(next);
    if (acknowledged >= 200) break;
  }
  await killHard(child);
  const found = await open(folder).list(ANNA, { page: 1, limit: 1 });
  expect(found.total).toBeGreaterThanOrEqual(acknowledged);
  using db = new DatabaseSync(join(folder, "jobmon.db"));
  expect(db.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
});

it("refuses a database of a newer version and leaves it as it is", async () => {
  await open(folder).close();
  setUserVersion(folder, 99);
  const error = expectFault(() => createSqliteRepository({ dataDir: folder }), "too_new");
  expect(error.message).toContain("written by a newer jobmon (version 99");
  expect(await userVersion(folder)).toBe(99);
  setUserVersion(folder, SCHEMA_VERSION);
  await open(folder).check();
});

it("refuses a folder that cannot be created, or is a file, and names it", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  for (const dataDir of [file, join(file, "below")]) {
    const error = expectFault(() => createSqliteRepository({ dataDir }), "unusable");
    expect(error.message).toContain(`The data folder ${dataDir} cannot be used (E`);
    expect(error.message).toContain("--data-dir");
  }
});

it("refuses a file that is not a database and leaves it as it is", async () => {
  const file = join(folder, "jobmon.db");
  const content = "this is a letter, not a database\n".repeat(100);
  await writeFile(file, content);
  const error = expectFault(() => createSqliteRepository({ dataDir: folder }), "not_a_database");
  expect(error.message).toContain(`jobmon.db in the data folder ${folder} is not a database. Move it away`);
  expect(await readFile(file, "utf8")).toBe(content);
  await rm(file);
  await open(folder).check();
});

it("rejects as unavailable while another program holds the database, and recovers by itself", async () => {
  const repository = open(folder);
  {
    using intruder = new DatabaseSync(join(folder, "jobmon.db"));
    intruder.exec("BEGIN IMMEDIATE");
    const writes = ["job-1", "job-2"].map((jobId) => insert(repository, jobId));
    for (const write of writes) await expect(write).rejects.toBeInstanceOf(RepositoryUnavailableError);
    expect(await repository.find(ANNA, "job-1")).toBeUndefined();
  }
  expect(await insert(repository, "job-1")).toEqual({ seq: 1n });
});

it("is not ready when its file was taken away", async () => {
  const repository = open(folder);
  await rm(join(folder, "jobmon.db"));
  await expect(repository.check()).rejects.toBeInstanceOf(RepositoryUnavailableError);
});

function open(dataDir: string): JobRepository {
  const repository = createSqliteRepository({ dataDir });
  repositories.push(repository);
  return repository;
}

function aJob(jobId: string): Job {
  const request = { title: jobId, stallAfterSeconds: 300, timeoutSeconds: 3600 };
  return newJob(request, { jobId, userEmail: ANNA, at: AT });
}

function insert(repository: JobRepository, jobId: string) {
  return repository.insert(aJob(jobId), { hash: Buffer.from(jobId), expiresAt: AT });
}

/** The next revision of a job with so many lines more, brought by a callback of its own. */
function changeOf(job: Job, lines: number): JobChange {
  const logs = Array.from({ length: lines }, () => ({ timestamp: AT, level: "info" as const }));
  const request = { bytes: 2, digest: `digest ${job.revision}` };
  return {
    job: { ...job, revision: job.revision + 1, logCount: job.logCount + lines },
    expectedRevision: job.revision,
    changeId: `change ${job.revision}`,
    logs,
    delivery: { event: { type: "callback_received", at: AT, report: { lines: [] } }, applied: true, request },
  };
}

function rows(db: DatabaseSync, sql: string) {
  return db
    .prepare(sql)
    .all()
    .map((row) => ({ ...row }));
}

function expectFault(start: () => unknown, fault: DataFolderFault): DataFolderError {
  let thrown: unknown;
  try {
    start();
  } catch (error) {
    thrown = error;
  }
  if (!(thrown instanceof DataFolderError)) throw new Error("expected a DataFolderError", { cause: thrown });
  expect(thrown.code).toBe(`data_folder_${fault}`);
  return thrown;
}

async function userVersion(dataDir: string): Promise<unknown> {
  using db = new DatabaseSync(join(dataDir, "jobmon.db"));
  return db.prepare("PRAGMA user_version").get()?.["user_version"];
}

function setUserVersion(dataDir: string, version: number): void {
  using db = new DatabaseSync(join(dataDir, "jobmon.db"));
  db.exec(`PRAGMA user_version = ${version}`);
}

/** A process that opens the folder, then inserts without end and prints how many inserts were acknowledged. */
const CHILD = `
import { createSqliteRepository } from "#app/server/repository/job-repository.sqlite.server.ts";
import { newJob } from "#app/domain/new-job.ts";
try {
  const repository = createSqliteRepository({ dataDir: process.env.DATA_DIR });
  console.log("0");
  for (let n = 1; ; n++) {
    const request = { title: "job", stallAfterSeconds: 300, timeoutSeconds: 3600 };
    const job = newJob(request, { jobId: "job-" + n, userEmail: "${ANNA}", at: "${AT}" });
    await repository.insert(job, { hash: Buffer.from(job.jobId), expiresAt: "${AT}" });
    console.log(n);
  }
} catch (error) {
  console.log(error.code, error.message);
}`;

async function startChild(dataDir: string) {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", CHILD], {
    cwd: join(import.meta.dirname, "../../.."),
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  return { child, line: first.done ? "" : first.value, lines };
}

async function killHard(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}
