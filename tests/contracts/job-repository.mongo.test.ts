import type { Db } from "mongodb";
import { describe } from "vitest";
import { createMongoRepository } from "#app/server/repository/job-repository.mongo.server.ts";
import { openTestDatabase } from "../support/test-database.ts";
import { describeJobRepository } from "./job-repository.suite.ts";

/** One database for all tests: its collections and indexes take longer to make than most tests. */
const { db } = await openTestDatabase();

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
