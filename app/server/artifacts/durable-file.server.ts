import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { FileSource } from "./artifact-store.ts";

/**
 * Writes a file of mode 0600 that is either whole and durable under `path` or not there at all: written to
 * `temporary` (a path of the same file system), fsync, rename, fsync of the folder. `path`'s folder is made.
 */
export async function writeDurably(path: string, temporary: string, data: FileSource): Promise<void> {
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await makeFolder(dirname(path));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Makes what was renamed, made or removed in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function makeFolder(path: string): Promise<void> {
  const made = await mkdir(path, { recursive: true, mode: 0o700 });
  if (made !== undefined) await syncFolder(dirname(path));
}
