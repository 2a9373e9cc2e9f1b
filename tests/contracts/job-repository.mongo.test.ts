import { randomUUID } from "node:crypto";
import { type Db, MongoClient } from "mongodb";
import { afterAll, describe } from "vitest";
import { createMongoRepository } from "#app/server/repository/job-repository.mongo.server.ts";
import { startMongo } from "../support/start-mongo.ts";
import { describeJobRepository } from "./job-repository.suite.ts";

const mongo = await startMongo();
const client = mongo && (await MongoClient.connect(mongo.uri));
/** One database for all tests: its collections and indexes take longer to make than most tests. */
const db = client?.db(`jobmon-${randomUUID()}`);
afterAll(async () => {
  await db?.dropDatabase();
  await client?.close();
  await mongo?.stop();
});

describe.skipIf(db === undefined)("with MongoDB", () => {
  if (db === undefined) return;
  describeJobRepository("mongo", async () => {
    await empty(db);
    const repository = await createMongoRepository({ db });
    let current = repository;
    return {
      repository,
      reopen: async () => {
        await current.close();
        return (current = await createMongoRepository({ db }));
      },
      dispose: () => current.close(),
    };
  });
});

async function empty(database: Db): Promise<void> {
  const collections = await database.collections();
  await Promise.all(collections.map((collection) => collection.deleteMany({})));
}
