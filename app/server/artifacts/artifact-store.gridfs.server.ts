import { Binary, type Db, MongoRuntimeError, ObjectId } from "mongodb";
import { z } from "zod";
import { RepositoryUnavailableError } from "#app/server/repository/job-repository.ts";
import { type ArtifactStore, ArtifactStoreError, type FileSource } from "./artifact-store.ts";
import { toContent } from "./content-stream.ts";
import { checkNames } from "./file-name.ts";
import { createGridFsContents, prepareContents } from "./gridfs-contents.server.ts";
import { BY_MAJORITY, MAJORITY } from "#app/server/mongo/majority.ts";
import { isDuplicateKey, isOfDatabase } from "#app/server/mongo/mongo-errors.server.ts";
import { inTransaction } from "#app/server/mongo/in-transaction.server.ts";
import { readStart } from "./read-start.ts";

/** A content up to here is in the document of its file; a larger one is in GridFS. */
const INLINE_BYTES = 256 * 1024;
const FILES = "external_job_files";

const fileSchema = z.object({
  size: z.int(),
  bytes: z.instanceof(Binary).optional(),
  contentId: z.instanceof(ObjectId).optional(),
});
type File = z.infer<typeof fileSchema>;

/**
 * The files of jobs in MongoDB: one document each in `external_job_files`, found by job and name, with the content or,
 * above 256 KB, with its id in GridFS. A file is there from the write of its document on, for every instance.
 * A replica set is needed, because replacing a large file is a transaction.
 */
export async function createGridFsArtifactStore(options: {
  db: Db;
  clock: () => number;
  /** By which indexes are made; needed no longer than until this resolves. */
  slow?: Db;
}): Promise<ArtifactStore> {
  const { db, slow = db } = options;
  const files = db.collection(FILES, MAJORITY);
  const contents = createGridFsContents(options);
  await attempt(async () => {
    await prepareContents(slow);
    await slow
      .collection(FILES, MAJORITY)
      .createIndex({ jobId: 1, name: 1 }, { unique: true, ...BY_MAJORITY });
  });

  /** Puts the document of a file in the place of any other; the content that one had is dropped. */
  async function place(jobId: string, name: string, file: File): Promise<void> {
    const dropped = await inTransaction(db, async (session) => {
      if (file.contentId && !(await contents.name(file.contentId, session))) {
        throw new ArtifactStoreError(`${name} took longer to arrive than anything may`);
      }
      const replaced = await files.findOneAndReplace(
        { jobId, name },
        { jobId, name, ...file },
        { upsert: true, session },
      );
      const ids = contentIdsOf(replaced === null ? [] : [replaced]);
      await contents.unname(ids, session);
      return ids;
    });
    await contents.drop(dropped);
  }

  /** One write for the ordinary small file; false where a file of that name has to be replaced with its content. */
  async function placeSmall(jobId: string, name: string, file: File): Promise<boolean> {
    try {
      await files.replaceOne(
        { jobId, name, contentId: { $exists: false } },
        { jobId, name, ...file },
        { upsert: true },
      );
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async function put(jobId: string, name: string, data: FileSource): Promise<void> {
    const { start, isAll, all } = await readStart(data, INLINE_BYTES);
    if (!isAll) return place(jobId, name, await contents.write(all()));
    const file = { size: start.byteLength, bytes: new Binary(start) };
    if (!(await placeSmall(jobId, name, file))) await place(jobId, name, file);
  }

  async function removeWhere(filter: { jobId: string; name?: string }): Promise<void> {
    const dropped = await inTransaction(db, async (session) => {
      const found = await files.find(filter, { session, projection: { size: 1, contentId: 1 } }).toArray();
      const ids = contentIdsOf(found);
      await contents.unname(ids, session);
      if (found.length > 0) await files.deleteMany(filter, { session });
      return ids;
    });
    await contents.drop(dropped);
  }

  async function rename(jobId: string, from: string, to: string): Promise<void> {
    const dropped = await inTransaction(db, async (session) => {
      const source = await files.findOne({ jobId, name: from }, { session, projection: { size: 1 } });
      const target = await files.findOne({ jobId, name: to }, { session });
      if (source === null && target !== null) return [];
      if (source === null) throw new ArtifactStoreError(`there is no ${from} to be renamed`);
      const ids = contentIdsOf(target === null ? [] : [target]);
      await contents.unname(ids, session);
      await files.deleteOne({ jobId, name: to }, { session });
      await files.updateOne({ jobId, name: from }, { $set: { name: to } }, { session });
      return ids;
    });
    await contents.drop(dropped);
  }

  return {
    put: (jobId, name, data) => named([jobId, name], () => put(jobId, name, data)),
    open: (jobId, name) =>
      named([jobId, name], async () => {
        const file = fileSchema.nullable().parse(await files.findOne({ jobId, name }));
        return file === null ? undefined : { size: file.size, content: toContent(bytesOf(file)) };
      }),
    rename: (jobId, from, to) => named([jobId, from, to], () => rename(jobId, from, to)),
    remove: (jobId, name) => named([jobId, name], () => removeWhere({ jobId, name })),
    removeAll: (jobId) => named([jobId], () => removeWhere({ jobId })),
    sweep: () => attempt(contents.sweep),
  };

  async function* bytesOf({ bytes, contentId }: File): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    try {
      if (bytes) yield new Uint8Array(bytes.value());
      if (contentId) yield* contents.read(contentId);
    } catch (error) {
      throw asStoreError(error);
    }
  }
}

/** The contents that files had which are replaced or removed. */
function contentIdsOf(documents: unknown[]): ObjectId[] {
  return documents.flatMap((document) => fileSchema.parse(document).contentId ?? []);
}

async function named<T>(names: string[], action: () => Promise<T>): Promise<T> {
  checkNames(...names);
  return attempt(action);
}

async function attempt<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw asStoreError(error);
  }
}

/** Bytes that are gone are the file's fault; whatever else the driver reports is the database being away. */
function asStoreError(error: unknown): unknown {
  if (!isOfDatabase(error)) return error;
  const isGone = error instanceof MongoRuntimeError;
  const Kind = isGone ? ArtifactStoreError : RepositoryUnavailableError;
  return new Kind(`the files of the jobs cannot be read or written: ${error.message}`, { cause: error });
}
