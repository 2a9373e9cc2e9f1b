import { randomBytes } from "node:crypto";
import type { Db } from "mongodb";
import type { Lock } from "./lock.ts";
import { isDuplicateKey } from "#app/server/mongo/mongo-errors.server.ts";

const HELD_MS = 60_000;

/**
 * One instance at a time, by a document that its holder renews by asking and that is free `heldMs`, a minute unless told, after it stopped; the
 * clock is the database's. Rejects while the database is away.
 */
export function createMongoLock({ db }: { db: Db }): Lock {
  const locks = db.collection<{ _id: string; holder?: string }>("external_job_locks", {
    writeConcern: { w: "majority" },
  });
  const holder = randomBytes(8).toString("hex");
  return {
    async holds(name, heldMs = HELD_MS) {
      const isMine = {
        $or: [{ $eq: ["$holder", holder] }, { $lte: [{ $ifNull: ["$heldUntil", "$$NOW"] }, "$$NOW"] }],
      };
      const keepOr = (taken: unknown, kept: string) => ({ $cond: [isMine, taken, kept] });
      const take = {
        holder: keepOr(holder, "$holder"),
        heldUntil: keepOr({ $add: ["$$NOW", heldMs] }, "$heldUntil"),
      };
      try {
        const options = { upsert: true, returnDocument: "after" } as const;
        const lock = await locks.findOneAndUpdate({ _id: name }, [{ $set: take }], options);
        return lock?.holder === holder;
      } catch (error) {
        // Another one made it in the same moment.
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async release(name) {
      await locks.deleteOne({ _id: name, holder });
    },
  };
}
