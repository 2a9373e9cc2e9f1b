import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { MongoBinary, MongoMemoryReplSet } from "mongodb-memory-server-core";

/** A real MongoDB, a replica set of one. `stop` ends it where it was started here; `pid` is that of its process then. */
export type Mongo = { uri: string; pid(): number; stop(): Promise<void> };

/** A start that takes longer has failed; a busy machine needs more than the ten seconds it has by default. */
const LAUNCH_MS = 120_000;

/**
 * The first of: `MONGODB_URI`, a `mongod` of `MONGOMS_SYSTEM_BINARY`, one on the PATH, a downloaded one; undefined, and
 * said on stderr, where there is none. `own`: one that may be stopped, never that of `MONGODB_URI`, and with further arguments. A started one ends
 * with this process, however that ends.
 */
export async function startMongo(
  options: { own?: boolean; settings?: readonly string[] } = {},
): Promise<Mongo | undefined> {
  const { own = false, settings = [] } = options;
  const { MONGODB_URI } = process.env;
  if (MONGODB_URI && !own) return { uri: MONGODB_URI, pid: () => 0, stop: () => Promise.resolve() };
  try {
    const server = await MongoMemoryReplSet.create({
      replSet: {
        count: 1,
        storageEngine: "wiredTiger",
        args: ["--wiredTigerCacheSizeGB", "0.25", ...settings],
      },
      instanceOpts: [{ launchTimeout: LAUNCH_MS }],
      binary: { systemBinary: await findMongod(), checkMD5: false },
    });
    return {
      uri: server.getUri(),
      pid: () => server.servers[0]?.instanceInfo?.instance.mongodProcess?.pid ?? 0,
      stop: async () => void (await server.stop()),
    };
  } catch (error) {
    console.warn(
      `\nno MongoDB: its tests are skipped. Set MONGODB_URI, or MONGOMS_SYSTEM_BINARY. ${error}\n`,
    );
    return undefined;
  }
}

/** A `mongod`: of `MONGOMS_SYSTEM_BINARY`, on the PATH, or downloaded; rejects where there is none. */
export async function findMongod(): Promise<string> {
  const { MONGOMS_SYSTEM_BINARY, PATH = "" } = process.env;
  const onPath = PATH.split(delimiter).map((folder) => join(folder, "mongod"));
  const systemBinary = MONGOMS_SYSTEM_BINARY || onPath.find((file) => existsSync(file));
  return systemBinary ?? MongoBinary.getPath({ checkMD5: false });
}
