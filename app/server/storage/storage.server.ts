import type { ArtifactStore } from "#app/server/artifacts/artifact-store.ts";
import { createFileArtifactStore } from "#app/server/artifacts/artifact-store.files.server.ts";
import { createMemoryBus } from "#app/server/bus/job-bus.memory.server.ts";
import type { JobBus } from "#app/server/bus/job-bus.ts";
import type { Env } from "#app/server/env.server.ts";
import type { Lock } from "#app/server/lock/lock.ts";
import type { Log } from "#app/server/log.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { createSqliteRepository } from "#app/server/repository/job-repository.sqlite.server.ts";

/** Where the jobs and their files are, and what comes with it. */
export type Storage = {
  repository: JobRepository;
  artifacts: ArtifactStore;
  /** The bus that needs nothing more than this storage. */
  openBus(onError: (error: unknown) => void): JobBus;
  /** One instance at a time of those that share this storage. */
  lock: Lock;
  /** Closes the repository first. */
  close(): Promise<void>;
};

/**
 * MongoDB where `MONGODB_URI` names one, else the data folder, which is this process's alone. Rejects with
 * `DataFolderError` or `MongoStartError` when it cannot be used.
 */
export async function openStorage(options: { env: Env; log: Log; clock: () => number }): Promise<Storage> {
  const { env, log, clock } = options;
  if (env.MONGODB_URI === undefined) return openFolder(env.JOBMON_DATA_DIR);
  // The driver is loaded by those who use it: a server on a folder starts in two thirds of the time.
  const { openMongoStorage } = await import("./storage.mongo.server.ts");
  return openMongoStorage({ env, uri: env.MONGODB_URI, log, clock });
}

function openFolder(dataDir: string): Storage {
  const repository = createSqliteRepository({ dataDir });
  return {
    repository,
    artifacts: createFileArtifactStore({ dataDir }),
    openBus: createMemoryBus,
    lock: { holds: () => Promise.resolve(true), release: () => Promise.resolve() },
    close: () => repository.close(),
  };
}
