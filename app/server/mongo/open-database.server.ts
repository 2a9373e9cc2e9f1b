import { createLog } from "#app/server/log.server.ts";
import { connectMongo, type Mongo } from "./connect-mongo.server.ts";
import { parseMongoAddress } from "./mongo-address.ts";

const TIMEOUT_MS = 10_000;

/** A database for a command that does something with it and ends; `name` holds no credentials. Rejects with `MongoStartError`. */
export async function openDatabase(uri: string): Promise<{ mongo: Mongo; name: string; hasJobs: boolean }> {
  const { hosts, database } = parseMongoAddress(uri) ?? { hosts: "", database: "" };
  const mongo = await connectMongo({ uri, timeoutMs: TIMEOUT_MS, log: createLog("silent") });
  const jobs = await mongo.db.listCollections({ name: "external_jobs" }, { nameOnly: true }).toArray();
  return { mongo, name: `mongodb://${hosts}/${database}`, hasJobs: jobs.length > 0 };
}
