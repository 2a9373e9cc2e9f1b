import { randomUUID } from "node:crypto";
import { type Db, MongoClient } from "mongodb";
import { afterAll, describe, expect, it, vi } from "vitest";
import { createGridFsArtifactStore } from "#app/server/artifacts/artifact-store.gridfs.server.ts";
import { RepositoryUnavailableError } from "#app/server/repository/job-repository.ts";
import { startMongo } from "../support/start-mongo.ts";
import { describeArtifactStore } from "./artifact-store.suite.ts";

const JOB = "7f9c2ba4-e88f-4a3c-8d5b-3d2f0c5b9d11";
const LARGE = new Uint8Array(1_000_000).fill(7);
const DAY_MS = 24 * 3600 * 1000;

const [mongo, doomed] = [await startMongo(), await startMongo({ own: true })];
afterAll(async () => {
  await mongo?.stop();
  await doomed?.stop();
});

describe.skipIf(mongo === undefined)("with MongoDB", () => {
  describeArtifactStore("gridfs", async () => {
    const { db, dispose } = await openDatabase();
    const open = () => createGridFsArtifactStore({ db, clock: Date.now });
    return { artifacts: await open(), reopen: open, dispose };
  });

  it("gives every instance what another one has stored", async () => {
    const { db, dispose } = await openDatabase();
    const [one, other] = [await storeOf(db), await storeOf(db)];
    for (const bytes of [new Uint8Array([1]), LARGE]) {
      await one.put(JOB, "a.zip", bytes);
      const file = await other.open(JOB, "a.zip");
      expect(new Uint8Array(await new Response(file?.content).arrayBuffer())).toEqual(bytes);
    }
    await dispose();
  });

  it("leaves no content behind that no file has any more", async () => {
    const { db, dispose } = await openDatabase();
    const artifacts = await storeOf(db);
    await artifacts.put(JOB, "a.zip", LARGE);
    await artifacts.put(JOB, "a.zip", LARGE);
    await artifacts.put(JOB, "b.zip", LARGE);
    await artifacts.rename(JOB, "a.zip", "b.zip");
    expect(await contentsOf(db)).toEqual({ files: 1, chunks: 4, unnamed: 0 });
    await artifacts.put(JOB, "b.zip", new Uint8Array([1]));
    expect(await contentsOf(db)).toEqual({ files: 0, chunks: 0, unnamed: 0 });
    await artifacts.put(JOB, "c.zip", LARGE);
    await artifacts.removeAll(JOB);
    expect(await contentsOf(db)).toEqual({ files: 0, chunks: 0, unnamed: 0 });
    await dispose();
  });

  it("sweeps what an upload left that never ended, after a day", async () => {
    const { db, dispose } = await openDatabase();
    const clock = Object.assign(() => clock.now, { now: Date.now() });
    const artifacts = await createGridFsArtifactStore({ db, clock });
    async function* half(): AsyncGenerator<Uint8Array> {
      yield LARGE;
      while ((await contentsOf(db)).chunks === 0) yield LARGE;
      throw new Error("the sender is gone");
    }
    await expect(artifacts.put(JOB, "a.zip", half())).rejects.toThrow("the sender is gone");
    // A chunk that was on its way when the sender went arrives a moment later.
    let arrived = 0;
    await vi.waitUntil(
      async () => {
        const before = arrived;
        arrived = (await contentsOf(db)).chunks;
        return before > 0 && arrived === before;
      },
      { interval: 100, timeout: 60_000 },
    );
    expect(await artifacts.sweep()).toBe(0);
    clock.now += DAY_MS + 1;
    expect(await artifacts.sweep()).toBe(1);
    expect(await contentsOf(db)).toEqual({ files: 0, chunks: 0, unnamed: 0 });
    await dispose();
  });

  it("rejects as unavailable while the database is away", async () => {
    const client = new MongoClient(doomed?.uri ?? "", { serverSelectionTimeoutMS: 500 });
    const artifacts = await storeOf(client.db("away"));
    await artifacts.put(JOB, "large.zip", LARGE);
    const open = await artifacts.open(JOB, "large.zip");
    await doomed?.stop();
    for (const call of [
      () => artifacts.put(JOB, "a.zip", new Uint8Array([1])),
      () => artifacts.put(JOB, "a.zip", LARGE),
      () => artifacts.open(JOB, "a.zip"),
      () => artifacts.rename(JOB, "a.zip", "b.zip"),
      () => artifacts.remove(JOB, "a.zip"),
      () => artifacts.removeAll(JOB),
      () => artifacts.sweep(),
      () => open?.content.getReader().read() ?? Promise.resolve(),
    ]) {
      await expect(call()).rejects.toBeInstanceOf(RepositoryUnavailableError);
    }
    await client.close();
  });
});

async function openDatabase(): Promise<{ db: Db; dispose: () => Promise<void> }> {
  const client = await new MongoClient(mongo?.uri ?? "").connect();
  const db = client.db(`jobmon-${randomUUID()}`);
  const dispose = async (): Promise<void> => {
    await db.dropDatabase();
    await client.close();
  };
  return { db, dispose };
}

function storeOf(db: Db) {
  return createGridFsArtifactStore({ db, clock: Date.now });
}

async function contentsOf(db: Db) {
  const count = (name: string) => db.collection(`external_job_contents.${name}`).countDocuments();
  return { files: await count("files"), chunks: await count("chunks"), unnamed: await count("unnamed") };
}
