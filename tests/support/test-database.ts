import { randomUUID } from "node:crypto";
import { type Db, MongoClient, type MongoClientOptions } from "mongodb";
import { afterAll } from "vitest";
import { startMongo } from "./start-mongo.ts";

type TestDatabase = { client: MongoClient; db: Db };

/** A database of a real MongoDB for the tests of a file, gone after them; nothing of it where there is none, which is said. */
export async function openTestDatabase(options: MongoClientOptions = {}): Promise<Partial<TestDatabase>> {
  const mongo = await startMongo();
  if (mongo === undefined) return {};
  const client = await MongoClient.connect(mongo.uri, options);
  const db = client.db(`jobmon-${randomUUID()}`);
  afterAll(async () => {
    await db.dropDatabase();
    await client.close();
    await mongo.stop();
  });
  return { client, db };
}
