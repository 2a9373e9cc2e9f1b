import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { describe } from "vitest";

/** Where Debian keeps what only root has on its PATH. */
const SYSTEM_FOLDERS = ["/usr/sbin", "/sbin"];

/**
 * Tests that need an installed program, whose path they are given. Where it is missing they are skipped and that is
 * said on stderr; on CI a skipped test is a failure.
 */
export function withProgram(name: string, tests: (path: string) => void): void {
  const path = findProgram(name);
  if (path === undefined) {
    console.warn(`\n${name} is not installed: its tests are skipped. On Debian: apt-get install ${name}\n`);
  }
  describe.skipIf(path === undefined)(`with ${name}`, () => {
    tests(path ?? name);
  });
}

/** Where an installed program is; undefined where it is missing. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...SYSTEM_FOLDERS];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
