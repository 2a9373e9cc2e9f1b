import {
  type AnyBulkWriteOperation,
  type Filter,
  MongoBulkWriteError,
  MongoServerError,
  type UpdateFilter,
  type WriteError,
} from "mongodb";
import { z } from "zod";
import { asRepositoryError } from "#app/server/mongo/mongo-errors.server.ts";
import type { JobDocument, MongoCollections } from "./mongo-collections.server.ts";
import { seqSchema } from "./mongo-documents.server.ts";

/** One guarded write of a job's document. With `changeId` it is told from any other write of that document. */
export type JobWrite = {
  filter: Filter<JobDocument> & { _id: string };
  update: UpdateFilter<JobDocument>;
  changeId: string | undefined;
};
/** What was written: its place in the feed, where places are read. */
export type Committed = { seq: bigint | undefined };

type Waiting = JobWrite & {
  resolve: (done: Committed | undefined) => void;
  reject: (error: unknown) => void;
};
/** What became of a batch: how many were written, and what the server said of those it could not write, by their place. */
type Outcome = { matched: number; faults: Map<number, unknown> };

const writtenSchema = z.object({ seq: seqSchema, changeId: z.string().optional() });
const MAX_TOGETHER = 200;

/** The place of a write. Where another one came after it, before it was read back: the last before that, and not before its own. */
function placeOf({ seq, changeId }: z.infer<typeof writtenSchema>, mine: string | undefined): bigint {
  return mine === undefined || changeId === mine ? seq : seq - 1n;
}

function faultOf({ code, errmsg = "" }: WriteError): MongoServerError {
  return new MongoServerError({ code, message: errmsg });
}

/**
 * Group commit: what is asked for while a write is under way goes out together in the next one. Resolves once the
 * majority has it, with undefined where the guard refused it; what cannot be written rejects, and harms no other.
 * One write of a job at a time may be given. `readsPlaces`: whether the place in the feed is read back; without, a
 * batch of which nothing was refused costs one round trip.
 */
export function createCommits(
  { jobs }: MongoCollections,
  { readsPlaces }: { readsPlaces: boolean },
): (write: JobWrite) => Promise<Committed | undefined> {
  let waiting: Waiting[] = [];
  let isWriting = false;

  async function writeAlone({ filter, update, resolve }: Waiting): Promise<void> {
    if (!readsPlaces) {
      const { matchedCount } = await jobs.updateOne(filter, update);
      return resolve(matchedCount === 0 ? undefined : { seq: undefined });
    }
    const found = await jobs.findOneAndUpdate(filter, update, {
      projection: { seq: 1 },
      returnDocument: "after",
    });
    resolve(found === null ? undefined : { seq: writtenSchema.parse(found).seq });
  }

  async function writeTogether(batch: Waiting[]): Promise<void> {
    const { matched, faults } = await writeMany(batch);
    const isWhole = matched === batch.length;
    if (isWhole && !readsPlaces) {
      for (const { resolve } of batch) resolve({ seq: undefined });
      return;
    }
    const ids = batch.map(({ filter: { _id } }) => _id);
    const found = await jobs.find({ _id: { $in: ids } }, { projection: { seq: 1, changeId: 1 } }).toArray();
    const written = new Map(found.map(({ _id, ...document }) => [_id, writtenSchema.parse(document)]));
    for (const [place, { filter, changeId, resolve, reject }] of batch.entries()) {
      const { _id } = filter;
      const document = written.get(_id);
      const isMine = isWhole || (document !== undefined && document.changeId === changeId);
      if (faults.has(place)) reject(asRepositoryError(faults.get(place)));
      else resolve(isMine && document !== undefined ? { seq: placeOf(document, changeId) } : undefined);
    }
  }

  async function writeMany(batch: Waiting[]): Promise<Outcome> {
    const operations = batch.map(({ filter, update }): AnyBulkWriteOperation<JobDocument> => ({
      updateOne: { filter, update },
    }));
    try {
      const { matchedCount } = await jobs.bulkWrite(operations, { ordered: false });
      return { matched: matchedCount, faults: new Map() };
    } catch (error) {
      if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError()) throw error;
      const faults = [error.writeErrors].flat();
      if (faults.length === 0) throw error;
      return {
        matched: error.matchedCount,
        faults: new Map(faults.map((fault) => [fault.index, faultOf(fault)])),
      };
    }
  }

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MAX_TOGETHER);
      const [first] = batch;
      try {
        await (batch.length === 1 && first !== undefined ? writeAlone(first) : writeTogether(batch));
      } catch (error) {
        for (const { reject } of batch) reject(asRepositoryError(error));
      }
    }
    isWriting = false;
  }

  return (write) =>
    new Promise((resolve, reject) => {
      waiting.push({ ...write, resolve, reject });
      if (!isWriting) void writeAll();
    });
}
