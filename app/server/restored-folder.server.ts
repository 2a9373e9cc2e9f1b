import { type Unusable, withIdleFolder } from "./idle-folder.server.ts";
import { openDataFolder } from "./repository/sqlite-folder.server.ts";

/** A data folder that counts as restored from now on, and how many users have a feed there. */
export type Restored = { kind: "restored"; dataDir: string; users: number };

/**
 * Declares that a data folder was put back to an earlier state: every feed gets a new epoch, so that a cursor from
 * before is answered with `reset` instead of being taken for a place in what happens now (docs/decisions/0009).
 */
export function restored(flags: { dataDir?: string }): Promise<Restored | Unusable> {
  return withIdleFolder(flags, (dataDir) => {
    const { mark, release } = openDataFolder(dataDir);
    try {
      return { kind: "restored", dataDir, users: mark.declareRestored() };
    } finally {
      release();
    }
  });
}
