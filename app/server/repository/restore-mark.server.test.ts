import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ANNA, BERT, saved, stored } from "../../../tests/contracts/stored-jobs.ts";
import { createSqliteRepository } from "./job-repository.sqlite.server.ts";
import type { JobRepository } from "./job-repository.ts";

let folder: string;
let dataDir: string;
let copy: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "jobmon-"));
  dataDir = join(folder, "data");
  copy = join(folder, "copy");
});
afterEach(() => rm(folder, { recursive: true }));

it("a folder that is only closed and opened again keeps the epochs of its feeds", async () => {
  const before = await epoch();
  expect([await epoch(), await epoch()]).toEqual([before, before]);
});

it.each([
  ["the whole folder, over the one that went on", ""],
  ["the whole folder, in the place of a lost one", "lost"],
  ["the database alone", "jobmon.db"],
])("a restored copy of %s has new epochs, so that old cursors are not taken for its own", async (_, what) => {
  const before = await work();
  await cp(dataDir, copy, { recursive: true, preserveTimestamps: true });
  await work();
  if (what === "lost") await rm(dataDir, { recursive: true });
  const part = what === "lost" ? "" : what;
  await cp(join(copy, part), join(dataDir, part), { recursive: true, preserveTimestamps: true });
  expect(await epoch()).not.toBe(before);
  const restored = await epoch();
  expect(await epoch()).toBe(restored);
});

it("a copy made while the server ran is known too, once that server was closed", async () => {
  const repository = createSqliteRepository({ dataDir });
  const { epoch: before } = await repository.head(ANNA);
  await cp(dataDir, copy, { recursive: true });
  await stored(repository);
  await repository.close();
  for (const name of ["jobmon.db", "jobmon.db-wal"]) await cp(join(copy, name), join(dataDir, name));
  expect(await epoch()).not.toBe(before);
});

it("every feed gets an epoch of its own, and without jobmon.mark the folder counts as restored", async () => {
  const [annas, berts] = [await epoch(), await epoch(BERT)];
  await rm(join(dataDir, "jobmon.mark"));
  const [annasNew, bertsNew] = [await epoch(), await epoch(BERT)];
  expect(new Set([annas, berts, annasNew, bertsNew]).size).toBe(4);
});

async function work(): Promise<string> {
  return withRepository(async (repository) => {
    await saved(repository, await stored(repository));
    return (await repository.head(ANNA)).epoch;
  });
}

function epoch(userEmail = ANNA): Promise<string> {
  return withRepository(async (repository) => (await repository.head(userEmail)).epoch);
}

async function withRepository<T>(use: (repository: JobRepository) => Promise<T>): Promise<T> {
  const repository = createSqliteRepository({ dataDir });
  try {
    return await use(repository);
  } finally {
    await repository.close();
  }
}
