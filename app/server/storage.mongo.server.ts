import { createGridFsArtifactStore } from "./artifacts/artifact-store.gridfs.server.ts";
import { createMongoBus } from "./bus/job-bus.mongo.server.ts";
import type { Env } from "./env.server.ts";
import { createMongoLock } from "./lock/lock.mongo.server.ts";
import type { Log } from "./log.server.ts";
import { connectMongo } from "./mongo/connect-mongo.server.ts";
import { createMongoRepository } from "./repository/job-repository.mongo.server.ts";
import type { Storage } from "./storage.server.ts";

/** Everything in the database that `uri` names. Rejects with `MongoStartError` when it cannot be used. */
export async function openMongoStorage(options: {
  env: Env;
  uri: string;
  log: Log;
  clock: () => number;
}): Promise<Storage> {
  const { env, uri, log, clock } = options;
  const timeoutMs = env.STARTUP_TIMEOUT_SECONDS * 1000;
  const mongo = await connectMongo({ uri, timeoutMs, log });
  const { db } = mongo;
  try {
    const readsPlaces = Boolean(env.REDIS_URL);
    const [repository, artifacts] = await mongo.prepare(async (slow) => [
      await createMongoRepository({ db, slow, readsPlaces }),
      await createGridFsArtifactStore({ db, slow, clock }),
    ]);
    return {
      repository,
      artifacts,
      openBus: (onError) => createMongoBus({ db, log, onError }),
      lock: createMongoLock({ db }),
      async close() {
        await repository.close();
        await mongo.close();
      },
    };
  } catch (error) {
    await mongo.close();
    throw error;
  }
}
