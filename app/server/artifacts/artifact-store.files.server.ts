import { randomUUID } from "node:crypto";
import { createReadStream, mkdirSync, rmSync } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type ArtifactStore, ArtifactStoreError } from "./artifact-store.ts";
import { toContent } from "./content-stream.ts";
import { syncFolder, writeDurably } from "./durable-file.server.ts";
import { checkNames } from "./file-name.ts";

/** Where files are while they are written; no job id begins with a dot. */
const UNFINISHED = ".unfinished";

/**
 * Files under `<dataDir>/artifacts/<jobId>/`, for their owner only (0700, 0600). What a crash left unfinished is
 * removed here and now. One process at a time; throws `ArtifactStoreError` when the folder cannot be written.
 */
export function createFileArtifactStore({ dataDir }: { dataDir: string }): ArtifactStore {
  const root = join(dataDir, "artifacts");
  const unfinished = join(root, UNFINISHED);
  try {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unavailable(error);
  }

  function pathOf(...names: string[]): string {
    checkNames(...names);
    return join(root, ...names);
  }

  return {
    put: (jobId, name, data) =>
      attempt(() => writeDurably(pathOf(jobId, name), join(unfinished, randomUUID()), data)),

    open: (jobId, name) =>
      attempt(async () => {
        const path = pathOf(jobId, name);
        const size = await sizeOf(path);
        return size === undefined ? undefined : { size, content: toContent(contentOf(path)) };
      }),

    rename: (jobId, from, to) =>
      attempt(async () => {
        const [source, target] = [pathOf(jobId, from), pathOf(jobId, to)];
        const isDone = (await sizeOf(source)) === undefined && (await sizeOf(target)) !== undefined;
        if (!isDone) await rename(source, target);
        await syncFolder(pathOf(jobId));
      }),

    remove: (jobId, name) => attempt(() => rm(pathOf(jobId, name), { force: true })),

    removeAll: (jobId) => attempt(() => rm(pathOf(jobId), { recursive: true, force: true })),

    // What a crash left went at the start; while the process lives, every write clears up after itself.
    sweep: () => Promise.resolve(0),
  };
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Opens the file when its first bytes are asked for, so that a content nobody reads leaves nothing open. */
async function* contentOf(path: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const file = createReadStream(path);
  try {
    for await (const chunk of file) yield chunk;
  } catch (error) {
    throw unavailable(error);
  }
}

async function attempt<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw error instanceof ArtifactStoreError ? error : unavailable(error);
  }
}

function unavailable(cause: unknown): ArtifactStoreError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ArtifactStoreError(`the folder of the artifacts cannot be used (${reason})`, { cause });
}
