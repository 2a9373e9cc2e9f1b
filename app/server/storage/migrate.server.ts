import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { createFileArtifactStore } from "#app/server/artifacts/artifact-store.files.server.ts";
import { asUnusable, type Unusable } from "./chosen-storage.server.ts";
import {
  type JobStorage,
  type MigrationOutcome,
  type MigrationProgress,
  migrateStorage,
} from "./migrate-storage.server.ts";
import { parseMongoAddress } from "#app/server/mongo/mongo-address.ts";
import { openSqliteArchive } from "#app/server/repository/job-archive.sqlite.server.ts";

/** A storage that nobody else uses; `name` tells it from others and holds no credentials. */
type OpenStorage = JobStorage & { name: string; close: () => Promise<void> };

/** A storage cannot be opened; the message is a sentence for the operator. */
class StorageError extends Error {}

/**
 * Carries all jobs from one storage to another (see `migrateStorage`). A storage is `sqlite:<folder>` or
 * `mongodb://…/<database>`; a folder that is the source has to be there. Unusable: an address is none, a server has one
 * of the folders, or a MongoDB does not answer.
 */
export async function migrate(
  flags: { from: string; to: string },
  onProgress: (progress: MigrationProgress) => void,
): Promise<MigrationOutcome | Unusable> {
  const opened: OpenStorage[] = [];
  const open = async (address: string, isSource: boolean): Promise<OpenStorage> => {
    const storage = await openStorage(address, isSource);
    opened.push(storage);
    return storage;
  };
  try {
    const [from, to] = [await open(flags.from, true), await open(flags.to, false)];
    return await migrateStorage({ from, to, source: from.name, clock: Date.now, onProgress });
  } catch (error) {
    return asUnusable(error, StorageError);
  } finally {
    for (const { close } of opened) await close();
  }
}

function openStorage(address: string, isSource: boolean): Promise<OpenStorage> | OpenStorage {
  if (parseMongoAddress(address) !== undefined) return openMongo(address);
  const [, folder] = /^sqlite:(.+)$/.exec(address) ?? [];
  if (folder === undefined)
    throw new StorageError("A storage is named sqlite:<folder> or mongodb://<host>/<database>.");
  return openFolder(resolve(folder), isSource);
}

function openFolder(dataDir: string, isSource: boolean): OpenStorage {
  if (isSource && !existsSync(join(dataDir, "jobmon.db"))) {
    throw new StorageError(`The folder ${dataDir} holds no jobs.`);
  }
  const archive = openSqliteArchive({ dataDir });
  const artifacts = createFileArtifactStore({ dataDir });
  return { archive, artifacts, name: `sqlite:${dataDir}`, close: () => archive.close() };
}

async function openMongo(uri: string): Promise<OpenStorage> {
  // The driver is loaded by those who use it.
  const [{ openDatabase }, { openMongoArchive }, { createGridFsArtifactStore }] = await Promise.all([
    import("#app/server/mongo/open-database.server.ts"),
    import("#app/server/repository/job-archive.mongo.server.ts"),
    import("#app/server/artifacts/artifact-store.gridfs.server.ts"),
  ]);
  const { mongo, name } = await openDatabase(uri);
  const { db, close } = mongo;
  try {
    const [archive, artifacts] = await mongo.prepare(async (slow) => [
      await openMongoArchive({ db, slow }),
      await createGridFsArtifactStore({ db, slow, clock: Date.now }),
    ]);
    return { archive, artifacts, name, close };
  } catch (error) {
    await close();
    throw error;
  }
}
