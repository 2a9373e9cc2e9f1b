import type { Filter, UpdateFilter } from "mongodb";
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

type Waiting = JobWrite & { resolve: (seq: bigint | undefined) => void; reject: (error: unknown) => void };

const writtenSchema = z.object({ seq: seqSchema, changeId: z.string().optional() });
const MAX_TOGETHER = 200;

/** The place of a write. Where another one came after it, before it was read back: the last before that, and not before its own. */
function placeOf({ seq, changeId }: z.infer<typeof writtenSchema>, mine: string | undefined): bigint {
  return mine === undefined || changeId === mine ? seq : seq - 1n;
}

/**
 * Group commit: what is asked for while a write is under way goes out together in the next one. Resolves with the
 * place in the feed once the majority has it, or undefined where the guard refused it; what cannot be written
 * rejects. One write of a job at a time may be given.
 */
export function createCommits({ jobs }: MongoCollections): (write: JobWrite) => Promise<bigint | undefined> {
  let waiting: Waiting[] = [];
  let isWriting = false;

  async function writeAlone({ filter, update, resolve }: Waiting): Promise<void> {
    const found = await jobs.findOneAndUpdate(filter, update, {
      projection: { seq: 1 },
      returnDocument: "after",
    });
    resolve(found === null ? undefined : writtenSchema.parse(found).seq);
  }

  async function writeTogether(batch: Waiting[]): Promise<void> {
    const operations = batch.map(({ filter, update }) => ({ updateOne: { filter, update } }));
    const { matchedCount } = await jobs.bulkWrite(operations, { ordered: false });
    const isWhole = matchedCount === batch.length;
    const ids = batch.map(({ filter: { _id } }) => _id);
    const found = await jobs.find({ _id: { $in: ids } }, { projection: { seq: 1, changeId: 1 } }).toArray();
    const written = new Map(found.map(({ _id, ...document }) => [_id, writtenSchema.parse(document)]));
    for (const { filter, changeId, resolve } of batch) {
      const { _id } = filter;
      const document = written.get(_id);
      const isMine = isWhole || (document !== undefined && document.changeId === changeId);
      resolve(isMine && document !== undefined ? placeOf(document, changeId) : undefined);
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
