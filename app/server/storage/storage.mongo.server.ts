import { createGridFsArtifactStore } from "#app/server/artifacts/artifact-store.gridfs.server.ts";
import { createMongoBus } from "#app/server/bus/job-bus.mongo.server.ts";
import type { Env } from "#app/server/env.server.ts";
import { createMongoLock } from "#app/server/lock/lock.mongo.server.ts";
import type { Log } from "#app/server/log.server.ts";
import { connectMongo } from "#app/server/mongo/connect-mongo.server.ts";
import { createMongoRepository } from "#app/server/repository/job-repository.mongo.server.ts";
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
