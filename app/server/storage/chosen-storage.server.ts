import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Mongo } from "#app/server/mongo/connect-mongo.server.ts";
import { EnvError, loadEnvFile, readEnv } from "#app/server/env.server.ts";
import { MongoStartError } from "#app/server/mongo/mongo-start-error.ts";
import { DataFolderError } from "#app/server/repository/data-folder-error.ts";

/** Why nothing could be done with a storage, in a sentence for the operator. */
export type Unusable = { kind: "unusable"; message: string };

/** What is to be done with a storage of either kind; `name` tells it from others and holds no credentials. */
type Work<T> = {
  /** A folder that no server has at the moment. */
  folder(dataDir: string): T | Promise<T>;
  mongo(mongo: Mongo, name: string): Promise<T>;
};

/**
 * Does something with the storage that a server would use: the MongoDB of the environment, else its data folder;
 * `dataDir` wins over both. Creates none: one without jobs is unusable, and so is one that cannot be opened.
 */
export async function withChosenStorage<T>(
  flags: { dataDir?: string },
  work: Work<T>,
): Promise<T | Unusable> {
  try {
    loadEnvFile();
    const { JOBMON_DATA_DIR: dataDir, MONGODB_URI: uri } = readEnv(flags);
    if (uri !== undefined && flags.dataDir === undefined) return await withDatabase(uri, work.mongo);
    if (existsSync(join(dataDir, "jobmon.db"))) return await work.folder(dataDir);
    const message = `The folder ${dataDir} holds no jobs. Name the data folder with JOBMON_DATA_DIR or --data-dir.`;
    return { kind: "unusable", message };
  } catch (error) {
    return asUnusable(error, EnvError);
  }
}

/** What the operator is told of a storage that cannot be opened, or of a fault of that kind; any other is thrown on. */
export function asUnusable(error: unknown, Kind: new (message: string) => Error): Unusable {
  const isForOperator =
    error instanceof Kind || error instanceof DataFolderError || error instanceof MongoStartError;
  if (!isForOperator) throw error;
  return { kind: "unusable", message: error.message };
}

async function withDatabase<T>(uri: string, work: Work<T>["mongo"]): Promise<T | Unusable> {
  // The driver is loaded by those who use it.
  const { openDatabase } = await import("#app/server/mongo/open-database.server.ts");
  const { mongo, name, hasJobs } = await openDatabase(uri);
  try {
    if (await hasJobs()) return await work(mongo, name);
    return { kind: "unusable", message: `The database ${name} holds no jobs. Name it in MONGODB_URI.` };
  } finally {
    await mongo.close();
  }
}
