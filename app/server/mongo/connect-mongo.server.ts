import { setTimeout as sleep } from "node:timers/promises";
import { type Db, MongoClient, MongoParseError } from "mongodb";
import type { Log } from "#app/server/log.server.ts";
import { RepositoryUnavailableError } from "#app/server/repository/job-repository.ts";
import { inTime } from "./in-time.server.ts";
import { parseMongoAddress } from "./mongo-address.ts";
import { isOfDatabase } from "./mongo-errors.server.ts";
import { mongoOptions } from "./mongo-options.ts";
import { MongoStartError } from "./mongo-start-error.ts";
import { refuseStandalone, refuseUninitiated } from "./refuse-single.server.ts";

const RETRY_EVERY_MS = 1_000;
const TOLD_EVERY_MS = 3_000;

/** A database that answers. */
export type Mongo = {
  db: Db;
  /**
   * Does what a server begins with, such as the indexes of a large collection, on a client that waits for as long as
   * that takes. Where the database goes away meanwhile it is begun again; that it may, for `timeoutMs`.
   */
  prepare<T>(work: (slow: Db) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/**
 * Connects to a replica set, or to a sharded cluster, and waits for it as long as `timeoutMs`. Rejects with
 * `MongoStartError` after that, and at once for a server that has no replica set: it has neither the transactions nor
 * the change streams that jobmon needs.
 */
export async function connectMongo(options: {
  uri: string;
  timeoutMs: number;
  log: Pick<Log, "info" | "warn">;
}): Promise<Mongo> {
  const { uri, timeoutMs, log } = options;
  const { hosts, database } = parseMongoAddress(uri) ?? { hosts: "", database: "" };

  /** Until it is done, however often the database is away; `until`: not longer than that, else than `timeoutMs` after it first was. */
  async function patiently<T>(
    { until, ...more }: { until?: number; socketTimeoutMS?: number },
    work: (client: MongoClient) => Promise<T>,
  ): Promise<T> {
    let givenUpAt = until;
    for (;;) {
      const client = openClient({ uri, hosts, ...more });
      try {
        await client.connect();
        return await work(client);
      } catch (error) {
        await client.close().catch(() => {});
        if (!isAway(error)) throw error;
        givenUpAt ??= performance.now() + timeoutMs;
        if (performance.now() >= givenUpAt) throw new MongoStartError(lateSentence(hosts, timeoutMs, error));
        await refuseUninitiated(uri, hosts);
        log.warn({ hosts, reason: error.message }, "waiting for the database");
        await sleep(RETRY_EVERY_MS);
      }
    }
  }

  const client = await patiently({ until: performance.now() + timeoutMs }, async (connected) => {
    await refuseStandalone(connected, hosts);
    return connected;
  });
  log.info({ hosts, database }, "the database answers");
  return {
    db: inTime(client.db(database)),
    prepare: (work) =>
      patiently({ socketTimeoutMS: 0 }, async (slow) => {
        const since = performance.now();
        const telling = setInterval(() => {
          const seconds = Math.round((performance.now() - since) / 1000);
          log.info({ hosts, seconds }, "the database makes its indexes: jobmon starts when they are there");
        }, TOLD_EVERY_MS);
        try {
          return await work(slow.db(database));
        } finally {
          clearInterval(telling);
          await slow.close();
        }
      }),
    close: () => client.close(),
  };
}

function openClient(options: { uri: string; hosts: string; socketTimeoutMS?: number }): MongoClient {
  const { uri, hosts, ...more } = options;
  try {
    return new MongoClient(uri, { ...mongoOptions(uri), ...more });
  } catch (error) {
    if (!(error instanceof MongoParseError)) throw error;
    throw new MongoStartError(`MONGODB_URI for ${hosts} cannot be used: ${error.message}`);
  }
}

function isAway(error: unknown): error is Error {
  return isOfDatabase(error) || error instanceof RepositoryUnavailableError;
}

function lateSentence(hosts: string, timeoutMs: number, { message }: Error): string {
  return (
    `the MongoDB at ${hosts} did not answer within ${timeoutMs / 1000} s (${message}). Look whether it runs and ` +
    `MONGODB_URI is right, or let jobmon wait longer with STARTUP_TIMEOUT_SECONDS.`
  );
}
