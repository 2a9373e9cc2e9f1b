import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { createFileArtifactStore } from "./artifacts/artifact-store.files.server.ts";
import type { Unusable } from "./idle-folder.server.ts";
import {
  type JobStorage,
  type MigrationOutcome,
  type MigrationProgress,
  migrateStorage,
} from "./migrate-storage.server.ts";
import { DataFolderError } from "./repository/data-folder-error.ts";
import { openSqliteArchive } from "./repository/job-archive.sqlite.server.ts";

/** A storage that nobody else uses; `name` tells it from others and holds no credentials. */
type OpenStorage = JobStorage & { name: string };

/** A storage cannot be opened; the message is a sentence for the operator. */
class StorageError extends Error {}

/**
 * Carries all jobs from one storage to another (see `migrateStorage`). A storage is `sqlite:<folder>`; that of the source
 * has to be there. Unusable: an address is none, or a server has one of the two.
 */
export async function migrate(
  flags: { from: string; to: string },
  onProgress: (progress: MigrationProgress) => void,
): Promise<MigrationOutcome | Unusable> {
  const opened: OpenStorage[] = [];
  const open = (address: string, isSource: boolean): OpenStorage => {
    const storage = openStorage(address, isSource);
    opened.push(storage);
    return storage;
  };
  try {
    const [from, to] = [open(flags.from, true), open(flags.to, false)];
    return await migrateStorage({ from, to, source: from.name, clock: Date.now, onProgress });
  } catch (error) {
    if (!(error instanceof StorageError || error instanceof DataFolderError)) throw error;
    return { kind: "unusable", message: error.message };
  } finally {
    for (const { archive } of opened) await archive.close();
  }
}

function openStorage(address: string, isSource: boolean): OpenStorage {
  const [, folder] = /^sqlite:(.+)$/.exec(address) ?? [];
  if (folder === undefined) throw new StorageError("A storage is named sqlite:<folder>.");
  const dataDir = resolve(folder);
  if (isSource && !existsSync(join(dataDir, "jobmon.db"))) {
    throw new StorageError(`The folder ${dataDir} holds no jobs.`);
  }
  const archive = openSqliteArchive({ dataDir });
  return { archive, artifacts: createFileArtifactStore({ dataDir }), name: `sqlite:${dataDir}` };
}
