import { randomBytes } from "node:crypto";
import { type Db, Timestamp } from "mongodb";
import { z } from "zod";
import { isDuplicateKey } from "#app/server/mongo/mongo-errors.server.ts";
import type { FeedEntry, FeedHead } from "./job-repository.ts";
import { type MongoCollections, mongoCollections } from "./mongo-collections.server.ts";
import { JOB_PROJECTION, jobOf, seqSchema } from "./mongo-documents.server.ts";

/** Ten seconds of a timestamp. It is given before its write can be seen: measured were less than one. */
export const LATE_BY = 10n << 32n;
const LARGEST_SEQ = 2n ** 63n - 1n;
const feedSchema = z.object({ epoch: z.string(), sweptSeq: seqSchema.optional() });
const placedSchema = z.looseObject({ _id: z.string(), seq: seqSchema });
const NEWEST = { projection: { seq: 1 }, sort: { userEmail: -1, seq: -1 } } as const;

/** Gives every feed an epoch of its own that it never had; resolves with how many there are. */
export async function renewEpochs(db: Db): Promise<number> {
  const random = { $toString: { $toLong: { $multiply: [{ $rand: {} }, 2 ** 53] } } };
  const { matchedCount } = await mongoCollections(db).feeds.updateMany({}, [{ $set: { epoch: random } }]);
  return matchedCount;
}

/** The order of one user's changes: the timestamps that the server gave them. */
export function createMongoFeed({ jobs, tombstones, feeds }: MongoCollections) {
  /** The record of a feed, which begins here if this is its first. */
  async function open(userEmail: string): Promise<z.infer<typeof feedSchema>> {
    const known = await feeds.findOne({ _id: userEmail });
    if (known !== null) return feedSchema.parse(known);
    const epoch = randomBytes(8).readBigUInt64BE().toString(36);
    try {
      await feeds.insertOne({ _id: userEmail, epoch });
      return { epoch };
    } catch (error) {
      if (isDuplicateKey(error)) return open(userEmail);
      throw error;
    }
  }

  async function head(userEmail: string): Promise<FeedHead> {
    const [feed, ...newest] = await Promise.all([
      open(userEmail),
      jobs.findOne({ userEmail }, NEWEST),
      tombstones.findOne({ userEmail }, NEWEST),
    ]);
    const sweptSeq = feed.sweptSeq ?? 0n;
    const seqs = newest.flatMap((document) => (document === null ? [] : [placedSchema.parse(document).seq]));
    const seq = seqs.reduce((a, b) => (a > b ? a : b), sweptSeq);
    return { epoch: feed.epoch, seq, sweptSeq };
  }

  async function changedAfter(userEmail: string, seq: bigint, limit: number): Promise<FeedEntry[]> {
    if (seq >= LARGEST_SEQ) return [];
    const later = {
      userEmail,
      seq: { $gt: Timestamp.fromBits(Number(BigInt.asIntN(32, seq)), Number(seq >> 32n)) },
    };
    const options = { sort: { userEmail: 1, seq: 1 }, limit } as const;
    const [changed, removed] = await Promise.all([
      jobs.find(later, { ...options, projection: { ...JOB_PROJECTION, seq: 1 } }).toArray(),
      tombstones.find(later, { ...options, projection: { seq: 1 } }).toArray(),
    ]);
    const entries: FeedEntry[] = [
      ...changed.map((document) => ({ seq: placedSchema.parse(document).seq, job: jobOf(document) })),
      ...removed.map((document) => {
        const { seq: at, _id } = placedSchema.parse(document);
        return { seq: at, removedJobId: _id };
      }),
    ];
    return entries.toSorted((a, b) => (a.seq < b.seq ? -1 : 1)).slice(0, limit);
  }

  return {
    head,
    changedAfter,
    async headWithChanges(userEmail: string, seq: bigint, limit: number) {
      const at = await head(userEmail);
      return { head: at, entries: await changedAfter(userEmail, seq, limit) };
    },
  };
}
