import { randomUUID } from "node:crypto";
import { MongoClient } from "mongodb";
import { afterAll, describe } from "vitest";
import { createMongoRepository } from "#app/server/repository/job-repository.mongo.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { startMongo } from "../support/start-mongo.ts";
import { describeStoredDialogues, type Instances } from "./stored-dialogues.suite.ts";

const mongo = await startMongo();
afterAll(() => mongo?.stop());

describe.skipIf(mongo === undefined)("with MongoDB", () => {
  describeStoredDialogues("mongo", { runs: 60, open: () => openInstances(1) });
  describeStoredDialogues("mongo, the callbacks in turn to two instances", {
    runs: 60,
    open: () => openInstances(2),
  });
});

/** Each with a client and a memory of its own, on one database. */
async function openInstances(count: number): Promise<Instances> {
  const name = `jobmon-${randomUUID()}`;
  const clients: MongoClient[] = [];
  for (let n = 0; n <= count; n++) clients.push(await MongoClient.connect(mongo?.uri ?? ""));
  const repositories: JobRepository[] = [];
  for (const client of clients) repositories.push(await createMongoRepository({ db: client.db(name) }));
  const [auditor, ...others] = repositories;
  if (auditor === undefined) throw new Error("no instance");
  return {
    repositories: others,
    auditor,
    async dispose() {
      for (const repository of repositories) await repository.close();
      await clients[0]?.db(name).dropDatabase();
      for (const client of clients) await client.close();
    },
  };
}
