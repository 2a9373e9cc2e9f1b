import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { afterAll, describe } from "vitest";
import { openMongoArchive } from "#app/server/repository/job-archive.mongo.server.ts";
import { openSqliteArchive } from "#app/server/repository/job-archive.sqlite.server.ts";
import { createMongoRepository } from "#app/server/repository/job-repository.mongo.server.ts";
import { createSqliteRepository } from "#app/server/repository/job-repository.sqlite.server.ts";
import { startMongo } from "../support/start-mongo.ts";
import { type ArchiveUnderTest, describeJobArchive } from "./job-archive.suite.ts";

const mongo = await startMongo();
const client = mongo && (await MongoClient.connect(mongo.uri));
afterAll(async () => {
  await client?.close();
  await mongo?.stop();
});

describe.skipIf(client === undefined)("with MongoDB", () => {
  if (client === undefined) return;
  const openMongo = async (): Promise<ArchiveUnderTest> => {
    const db = client.db(`jobmon-${randomUUID()}`);
    return {
      repository: () => createMongoRepository({ db }),
      archive: () => openMongoArchive({ db }),
      dispose: async () => void (await db.dropDatabase()),
    };
  };
  describeJobArchive("mongo, to sqlite and to another mongo", openMongo, openSqlite);
  describeJobArchive("sqlite, to mongo and to another sqlite", openSqlite, openMongo);
});

async function openSqlite(): Promise<ArchiveUnderTest> {
  const dataDir = await mkdtemp(join(tmpdir(), "jobmon-"));
  return {
    repository: async () => createSqliteRepository({ dataDir }),
    archive: async () => openSqliteArchive({ dataDir }),
    dispose: () => rm(dataDir, { recursive: true }),
  };
}
