import { createLog } from "#app/server/log.server.ts";
import { connectMongo, type Mongo } from "./connect-mongo.server.ts";
import { parseMongoAddress } from "./mongo-address.ts";

const TIMEOUT_MS = 10_000;

/** `name` tells it from others and holds no credentials. */
export type OpenDatabase = { mongo: Mongo; name: string; hasJobs(): Promise<boolean> };

/** A database for a command that does something with it and ends. Rejects with `MongoStartError`. */
export async function openDatabase(uri: string): Promise<OpenDatabase> {
  const { hosts, database } = parseMongoAddress(uri) ?? { hosts: "", database: "" };
  const mongo = await connectMongo({ uri, timeoutMs: TIMEOUT_MS, log: createLog("silent") });
  return {
    mongo,
    name: `mongodb://${hosts}/${database}`,
    async hasJobs() {
      return (
        (await mongo.db.listCollections({ name: "external_jobs" }, { nameOnly: true }).toArray()).length > 0
      );
    },
  };
}
