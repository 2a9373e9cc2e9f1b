import type { IndexDescription } from "mongodb";
import { BY_MAJORITY } from "#app/server/mongo/majority.ts";
import type { MongoCollections } from "./mongo-collections.server.ts";

/** Every index with the query it serves. The names are those MongoDB gives, so that the same index is made once. */
const INDEXES: Partial<Record<keyof MongoCollections, IndexDescription[]>> = {
  jobs: [
    // The list, with and without a status, its cursor and its counts: equal on both, in the order of the list.
    { key: { userEmail: 1, status: 1, updatedAt: -1, _id: -1 } },
    // The feed: what changed after a position, and the head.
    { key: { userEmail: 1, seq: 1 } },
    // A callback that names no job, by its token.
    { key: { callbackTokenHash: 1 }, unique: true },
    // A registration that is repeated.
    {
      key: { userEmail: 1, idempotencyKey: 1 },
      unique: true,
      partialFilterExpression: { idempotencyKey: { $exists: true } },
    },
    // The watchdog, and the counts of what is not final: only what somebody waits for is in it.
    { key: { silentAt: 1 }, partialFilterExpression: { silentAt: { $exists: true } } },
    // Jobs the Secretary is to be asked about.
    { key: { askAt: 1 }, partialFilterExpression: { askAt: { $exists: true } } },
    // Files still to be stored or fetched.
    { key: { storingAt: 1 }, partialFilterExpression: { storingAt: { $exists: true } } },
    // How long jobs of a kind took.
    {
      key: { userEmail: 1, kind: 1, updatedAt: -1 },
      partialFilterExpression: { status: "completed", kind: { $exists: true } },
    },
    // How many jobs store their files, and the retention: nothing that moves is in it.
    {
      key: { status: 1, updatedAt: 1 },
      partialFilterExpression: { status: { $in: ["pending-storage", "completed", "failed", "canceled"] } },
    },
  ],
  tombstones: [
    // The feed.
    { key: { userEmail: 1, seq: 1 } },
    // A late callback that names no job.
    { key: { callbackTokenHash: 1 } },
    // The sweep.
    { key: { removedAt: 1 } },
  ],
  requests: [
    // The same idempotency key, however old, and the same body within seconds.
    { key: { "_id.jobId": 1, idempotencyKey: 1 } },
    { key: { "_id.jobId": 1, digest: 1, at: 1 } },
    // Those without a key are forgotten by themselves.
    { key: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
  deliveryTexts: [
    // The parts of a long delivery in their order, and all of a job when it goes.
    { key: { "_id.jobId": 1, "_id.textId": 1, "_id.n": 1 } },
  ],
};

/** Makes the indexes that are missing. */
export async function createMongoIndexes(collections: MongoCollections): Promise<void> {
  for (const [name, indexes] of Object.entries(INDEXES)) {
    await collections[name as keyof MongoCollections].createIndexes(indexes, BY_MAJORITY);
  }
}
