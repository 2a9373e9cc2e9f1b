import { type Unusable, withChosenStorage } from "./chosen-storage.server.ts";
import { openDataFolder } from "#app/server/repository/sqlite-folder.server.ts";

/** A storage that counts as restored from now on, by its name, and how many users have a feed there. */
export type Restored = { kind: "restored"; storage: string; users: number };

/**
 * Declares that a storage was put back to an earlier state: every feed gets a new epoch, so that a cursor from
 * before is answered with `reset` instead of being taken for a place in what happens now (docs/decisions/0009). See
 * `withChosenStorage`; a MongoDB cannot be locked, so that it is up to the operator that no server uses it.
 */
export function restored(flags: { dataDir?: string }): Promise<Restored | Unusable> {
  return withChosenStorage(flags, {
    folder(dataDir): Restored {
      const { mark, release } = openDataFolder(dataDir);
      try {
        return { kind: "restored", storage: dataDir, users: mark.declareRestored() };
      } finally {
        release();
      }
    },
    async mongo({ db }, storage) {
      const { renewEpochs } = await import("#app/server/repository/mongo-feed.server.ts");
      return { kind: "restored", storage, users: await renewEpochs(db) };
    },
  });
}
