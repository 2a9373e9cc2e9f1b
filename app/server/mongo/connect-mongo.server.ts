import { setTimeout as sleep } from "node:timers/promises";
import { type Db, MongoClient, MongoParseError } from "mongodb";
import { z } from "zod";
import type { Log } from "#app/server/log.server.ts";
import { isOfDatabase } from "./mongo-errors.server.ts";
import { parseMongoAddress } from "./mongo-address.ts";
import { MongoStartError } from "./mongo-start-error.ts";

/** A database that does not answer for so long is away: whoever waits for it is told. */
const OPTIONS = {
  appName: "jobmon",
  serverSelectionTimeoutMS: 3_000,
  connectTimeoutMS: 5_000,
  socketTimeoutMS: 10_000,
} as const;
const RETRY_EVERY_MS = 1_000;

const helloSchema = z.looseObject({
  setName: z.string().optional(),
  msg: z.string().optional(),
  isreplicaset: z.boolean().optional(),
});

/**
 * Connects to a replica set, or to a sharded cluster, and waits for it as long as `timeoutMs`. Rejects with
 * `MongoStartError` after that, and at once for a server that has no replica set: it has neither the transactions nor
 * the change streams that jobmon needs.
 */
export async function connectMongo(options: {
  uri: string;
  timeoutMs: number;
  log: Pick<Log, "info" | "warn">;
}): Promise<{ client: MongoClient; db: Db }> {
  const { uri, timeoutMs, log } = options;
  const { hosts, database } = parseMongoAddress(uri) ?? { hosts: "", database: "" };
  const until = performance.now() + timeoutMs;
  for (;;) {
    const client = openClient(uri, hosts);
    try {
      await client.connect();
      await refuseStandalone(client, hosts);
      log.info({ hosts, database }, "the database answers");
      return { client, db: client.db(database) };
    } catch (error) {
      await client.close().catch(() => {});
      if (!isOfDatabase(error)) throw error;
      if (performance.now() >= until) throw new MongoStartError(lateSentence(hosts, timeoutMs, error));
      await refuseUninitiated(uri, hosts);
      log.warn({ hosts, reason: error.message }, "waiting for the database");
      await sleep(RETRY_EVERY_MS);
    }
  }
}

function openClient(uri: string, hosts: string): MongoClient {
  try {
    return new MongoClient(uri, OPTIONS);
  } catch (error) {
    if (!(error instanceof MongoParseError)) throw error;
    throw new MongoStartError(`MONGODB_URI for ${hosts} cannot be used: ${error.message}`);
  }
}

async function refuseStandalone(client: MongoClient, hosts: string): Promise<void> {
  const { setName, msg } = helloSchema.parse(await client.db("admin").command({ hello: 1 }));
  if (setName === undefined && msg !== "isdbgrid") throw new MongoStartError(standaloneSentence(hosts));
}

/** A server that was started for a replica set that nobody has begun yet answers only when it is asked directly. */
async function refuseUninitiated(uri: string, hosts: string): Promise<void> {
  if (hosts.includes(",") || uri.startsWith("mongodb+srv:")) return;
  const bare = uri.replace(/([?&])replicaSet=[^&]*/i, "$1");
  const client = new MongoClient(bare, { ...OPTIONS, directConnection: true });
  try {
    const { isreplicaset } = helloSchema.parse(await client.db("admin").command({ hello: 1 }));
    if (isreplicaset) throw new MongoStartError(standaloneSentence(hosts));
  } catch (error) {
    if (!isOfDatabase(error)) throw error;
  } finally {
    await client.close();
  }
}

function standaloneSentence(hosts: string): string {
  return (
    `the MongoDB at ${hosts} is no replica set, and jobmon needs its transactions and change streams. Start mongod ` +
    `with --replSet rs0, and run once:\n  mongosh "mongodb://${hosts}/?directConnection=true" --eval 'rs.initiate()'`
  );
}

function lateSentence(hosts: string, timeoutMs: number, { message }: Error): string {
  return (
    `the MongoDB at ${hosts} did not answer within ${timeoutMs / 1000} s (${message}). Look whether it runs and ` +
    `MONGODB_URI is right, or let jobmon wait longer with STARTUP_TIMEOUT_SECONDS.`
  );
}
