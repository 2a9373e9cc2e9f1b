import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type ClientSession, type Db, GridFSBucket, ObjectId } from "mongodb";
import { BY_MAJORITY, MAJORITY } from "#app/server/mongo/majority.ts";

const BUCKET = "external_job_contents";
/** An upload has so long to get its name. */
const UNNAMED_KEPT_MS = 24 * 3600 * 1000;
const SWEPT_AT_ONCE = 100;

/** A content that no file has, since when, and whether it may no longer get one. */
type Unnamed = { _id: ObjectId; since: Date; isDropped: boolean };

/** Contents of files in GridFS, each written once and known by its id. */
export type GridFsContents = {
  /** Writes a content that no file has yet; one that does not get its name within a day is swept. */
  write(chunks: AsyncIterable<Uint8Array>): Promise<{ contentId: ObjectId; size: number }>;
  /** The bytes; the first are fetched when they are asked for. */
  read(contentId: ObjectId): AsyncGenerator<Uint8Array<ArrayBuffer>>;
  /** A file has this content now. False: it was not written here, or is being swept. */
  name(contentId: ObjectId, session: ClientSession): Promise<boolean>;
  /** No file has these contents any more. */
  unname(contentIds: ObjectId[], session: ClientSession): Promise<void>;
  /** Removes the bytes of contents no file has. What fails here is left to the sweep. */
  drop(contentIds: ObjectId[]): Promise<void>;
  /** Drops what nobody named in time, or what should have been dropped. Resolves with how many. */
  sweep(): Promise<number>;
};

/** Makes the indexes, where they are missing: GridFS lets uploads begin before those of its own are there. */
export async function prepareContents(db: Db): Promise<void> {
  const of = (part: string) => db.collection(`${BUCKET}.${part}`, MAJORITY);
  await Promise.all([
    of("files").createIndex({ filename: 1, uploadDate: 1 }, BY_MAJORITY),
    of("chunks").createIndex({ files_id: 1, n: 1 }, { unique: true, ...BY_MAJORITY }),
    of("unnamed").createIndex({ since: 1 }, BY_MAJORITY),
  ]);
}

/** Every content is on record as unnamed before its first byte is written and until its last one is gone. */
export function createGridFsContents({ db, clock }: { db: Db; clock: () => number }): GridFsContents {
  const bucket = new GridFSBucket(db, { bucketName: BUCKET, writeConcern: MAJORITY.writeConcern });
  const files = db.collection(`${BUCKET}.files`, MAJORITY);
  const chunks = db.collection(`${BUCKET}.chunks`, MAJORITY);
  const unnamed = db.collection<Unnamed>(`${BUCKET}.unnamed`, MAJORITY);

  async function drop(contentIds: ObjectId[]): Promise<void> {
    if (contentIds.length === 0) return;
    await chunks.deleteMany({ files_id: { $in: contentIds } });
    await files.deleteMany({ _id: { $in: contentIds } });
    await unnamed.deleteMany({ _id: { $in: contentIds } });
  }

  return {
    async write(source) {
      const contentId = new ObjectId();
      await unnamed.insertOne({ _id: contentId, since: new Date(clock()), isDropped: false });
      const upload = bucket.openUploadStreamWithId(contentId, contentId.toHexString());
      await pipeline(Readable.from(source), upload);
      return { contentId, size: upload.length };
    },
    async *read(contentId) {
      for await (const chunk of bucket.openDownloadStream(contentId)) yield chunk;
    },
    async name(contentId, session) {
      const { deletedCount } = await unnamed.deleteOne({ _id: contentId, isDropped: false }, { session });
      return deletedCount === 1;
    },
    async unname(contentIds, session) {
      const since = new Date(clock());
      const records = contentIds.map((_id) => ({ _id, since, isDropped: true }));
      if (records.length > 0) await unnamed.insertMany(records, { session });
    },
    drop: (contentIds) => drop(contentIds).catch(() => {}),
    async sweep() {
      const before = new Date(clock() - UNNAMED_KEPT_MS);
      await unnamed.updateMany({ since: { $lt: before } }, { $set: { isDropped: true } });
      const left = await unnamed.find({ since: { $lt: before } }, { limit: SWEPT_AT_ONCE }).toArray();
      await drop(left.map(({ _id }) => _id));
      return left.length;
    },
  };
}
