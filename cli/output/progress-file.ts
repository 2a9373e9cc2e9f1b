import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseProgress, type StatedProgress } from "./read-progress.ts";

const EVERY_MS = 500;
const TAIL_BYTES = 4_096;

export type ProgressFile = {
  path: string;
  /** Reads it a last time, and removes it where it was made here. */
  close(): void;
};

/**
 * The file a command states its progress in: `42`, `3/12` or `3/12 Page 3`, the last line counts. One that the caller
 * names, else one of our own. Looks twice a second; `onProgress` is called when it says something else than before.
 */
export function watchProgressFile(
  named: string | undefined,
  onProgress: (stated: StatedProgress) => void,
): ProgressFile {
  const folder = named === undefined ? mkdtempSync(join(tmpdir(), "jobmon-progress-")) : undefined;
  const path = named ?? join(folder ?? "", "progress");
  if (folder !== undefined) writeFileSync(path, "", { mode: 0o600 });
  let known = folder === undefined ? lastLine(path) : "";
  const timer = setInterval(look, EVERY_MS);

  function look(): void {
    const line = lastLine(path);
    if (line === known) return;
    known = line;
    const stated = parseProgress(line);
    if (stated !== undefined) onProgress(stated);
  }

  return {
    path,
    close() {
      clearInterval(timer);
      look();
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Empty where there is no such file, or none that can be read. */
function lastLine(path: string): string {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    const length = readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString("utf8", 0, length).trimEnd().split("\n").at(-1) ?? "";
  } catch {
    return "";
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
