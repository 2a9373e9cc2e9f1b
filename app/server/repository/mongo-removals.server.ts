import { type Db, type Document, Timestamp } from "mongodb";
import { z } from "zod";
import { inTransaction } from "#app/server/mongo/in-transaction.server.ts";
import type { Job } from "#app/contract/job.ts";
import { NEXT_SEQ } from "./mongo-changes.server.ts";
import type { MongoCollections } from "./mongo-collections.server.ts";
import { deliverySlots } from "./mongo-deliveries.server.ts";
import { seqSchema } from "./mongo-documents.server.ts";
import { logSlots } from "./mongo-logs.server.ts";

const buriedSchema = z.object({ seq: seqSchema });
const tombstoneSchema = z.object({ _id: z.string(), userEmail: z.string(), seq: z.instanceof(Timestamp) });
/** What of a job is of no use after its end. */
const DROPPED = [
  "seq",
  "changeId",
  "silentAt",
  "askAt",
  "storingAt",
  "search",
  "idempotencyKey",
  "requestDigest",
  "logs",
];
const DROPPED_DELIVERIES = ["deliveries", "deliveryCount", "deliveryPage"];

/** The end of a job, in one transaction; and the end of what is left of it. */
export function createMongoRemovals(db: Db, collections: MongoCollections) {
  const { jobs, tombstones, logPages, deliveryPages, deliveryTexts, requests, feeds } = collections;

  return {
    /** To be called in turn. */
    async remove({ jobId, userEmail, revision }: Job, at: string): Promise<{ seq: bigint } | "conflict"> {
      return inTransaction(db, async (session) => {
        const document = await jobs.findOneAndDelete({ _id: jobId, userEmail, revision }, { session });
        if (document === null) return "conflict";
        const buried = await tombstones.findOneAndUpdate(
          { _id: jobId },
          { ...NEXT_SEQ, $set: { ...tombstoneFields(document), removedAt: new Date(at) } },
          { upsert: true, returnDocument: "after", projection: { seq: 1 }, session },
        );
        await logPages.deleteMany({ _id: { $in: logSlots(jobId) } }, { session });
        await deliveryPages.deleteMany({ _id: { $in: deliverySlots(jobId) } }, { session });
        await deliveryTexts.deleteMany({ "_id.jobId": jobId }, { session });
        await requests.deleteMany({ "_id.jobId": jobId }, { session });
        return buriedSchema.parse(buried);
      });
    },

    /** The feeds remember before the tombstones are gone: ended in the middle it is done again. */
    async sweep(before: string, limit: number): Promise<number> {
      const options = { projection: { userEmail: 1, seq: 1 }, sort: { removedAt: 1 }, limit } as const;
      const found = await tombstones.find({ removedAt: { $lt: new Date(before) } }, options).toArray();
      const old = found.map((document) => tombstoneSchema.parse(document));
      if (old.length === 0) return 0;
      await feeds.bulkWrite(
        old.map(({ userEmail, seq }) => ({
          updateOne: { filter: { _id: userEmail }, update: { $max: { sweptSeq: seq } } },
        })),
        { ordered: false },
      );
      const { deletedCount } = await tombstones.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } });
      return deletedCount;
    },
  };
}

function tombstoneFields({ _id, ...document }: Document): Document {
  const dropped = new Set([...DROPPED, ...DROPPED_DELIVERIES]);
  return Object.fromEntries(Object.entries(document).filter(([field]) => !dropped.has(field)));
}
