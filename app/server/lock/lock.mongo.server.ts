import { randomBytes } from "node:crypto";
import type { Db } from "mongodb";
import { isDuplicateKey } from "#app/server/mongo/mongo-errors.server.ts";

const HELD_MS = 60_000;

/**
 * One instance at a time, by a document that its holder renews by asking and that is free a minute after it stopped; the
 * clock is the database's. Rejects while the database is away.
 */
export function createMongoLock({ db }: { db: Db }): { holds(name: string): Promise<boolean> } {
  const locks = db.collection<{ _id: string }>("external_job_locks", { writeConcern: { w: "majority" } });
  const holder = randomBytes(8).toString("hex");
  return {
    async holds(name) {
      const isFree = { $or: [{ holder }, { $expr: { $lte: ["$heldUntil", "$$NOW"] } }] };
      const hold = [{ $set: { holder, heldUntil: { $add: ["$$NOW", HELD_MS] } } }];
      try {
        await locks.updateOne({ _id: name, ...isFree }, hold, { upsert: true });
        return true;
      } catch (error) {
        // There is such a document, and it is another's.
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
  };
}
