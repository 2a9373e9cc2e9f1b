import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { MongoMemoryReplSet } from "mongodb-memory-server-core";

/** A real MongoDB, a replica set of one. `stop` ends it where it was started here. */
export type Mongo = { uri: string; stop(): Promise<void> };

/**
 * The first of: `MONGODB_URI`, a `mongod` of `MONGOMS_SYSTEM_BINARY`, one on the PATH, a downloaded one; undefined, and
 * said on stderr, where there is none. `own`: one that may be stopped, never that of `MONGODB_URI`. A started one ends
 * with this process, however that ends.
 */
export async function startMongo({ own = false } = {}): Promise<Mongo | undefined> {
  const { MONGODB_URI, MONGOMS_SYSTEM_BINARY, PATH = "" } = process.env;
  if (MONGODB_URI && !own) return { uri: MONGODB_URI, stop: () => Promise.resolve() };
  const onPath = PATH.split(delimiter).map((folder) => join(folder, "mongod"));
  const systemBinary = MONGOMS_SYSTEM_BINARY || onPath.find((file) => existsSync(file));
  try {
    const server = await MongoMemoryReplSet.create({
      replSet: { count: 1, storageEngine: "wiredTiger", args: ["--wiredTigerCacheSizeGB", "0.25"] },
      binary: { ...(systemBinary && { systemBinary }), checkMD5: false },
    });
    return { uri: server.getUri(), stop: async () => void (await server.stop()) };
  } catch (error) {
    console.warn(
      `\nno MongoDB: its tests are skipped. Set MONGODB_URI, or MONGOMS_SYSTEM_BINARY. ${error}\n`,
    );
    return undefined;
  }
}
