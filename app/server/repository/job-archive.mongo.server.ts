import { Binary, type Db, type Document } from "mongodb";
import { z } from "zod";
import { defined } from "#app/contract/defined.ts";
import { asRepositoryError } from "#app/server/mongo/mongo-errors.server.ts";
import type { ArchivedJob, JobArchive, Migration } from "./job-archive.ts";
import { createArchiveWriter } from "./mongo-archive-writer.server.ts";
import { mongoCollections } from "./mongo-collections.server.ts";
import { createMongoDeliveries } from "./mongo-deliveries.server.ts";
import { createDeliveryTexts } from "./mongo-delivery-texts.server.ts";
import { jobOf, tokensOf } from "./mongo-documents.server.ts";
import { createMongoLogs } from "./mongo-logs.server.ts";
import { createMongoRequests } from "./mongo-requests.server.ts";
import { prepareMongo } from "./mongo-schema.server.ts";

const migrationSchema = z.object({
  source: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
});
const registeredSchema = z.looseObject({
  idempotencyKey: z.string().optional(),
  requestDigest: z.string().optional(),
});
const removedSchema = z.looseObject({ removedAt: z.date() });

/** The jobs of a MongoDB. The client of `db` is the caller's. No server may use the database meanwhile: it cannot be locked. */
export async function openMongoArchive({ db }: { db: Db }): Promise<JobArchive> {
  const collections = mongoCollections(db);
  const { jobs, tombstones } = collections;
  const texts = createDeliveryTexts(collections);
  const write = createArchiveWriter(collections, texts);
  const deliveries = createMongoDeliveries(collections, texts);
  const requests = createMongoRequests(collections);
  const logs = createMongoLogs(collections);
  const migrations = db.collection<{ _id: string } & Migration>("external_job_migrations");

  async function readOne(jobId: string): Promise<ArchivedJob | undefined> {
    const document = await jobs.findOne({ _id: jobId });
    if (document === null) return readRemoved(jobId);
    const job = jobOf(document);
    const { idempotencyKey: key, requestDigest: digest } = registeredSchema.parse(document);
    const [lines, reached, known] = await Promise.all([
      logs(job.userEmail, jobId, { from: 0, limit: Number.MAX_SAFE_INTEGER }),
      deliveries.archived(jobId),
      requests.all(jobId),
    ]);
    return {
      job,
      tokens: archivedTokens(document),
      ...defined({ request: key === undefined || digest === undefined ? undefined : { key, digest } }),
      logs: lines,
      deliveries: reached,
      requests: known,
    };
  }

  async function readRemoved(jobId: string): Promise<ArchivedJob | undefined> {
    const document = await tombstones.findOne({ _id: jobId });
    if (document === null) return undefined;
    const removedAt = removedSchema.parse(document).removedAt.toISOString();
    const tokens = archivedTokens(document);
    return { job: jobOf(document), removedAt, tokens, logs: [], deliveries: [], requests: [] };
  }

  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asRepositoryError(error);
    }
  }

  await attempt(() => prepareMongo({ db, collections }));
  return {
    count: () =>
      attempt(async () => ({
        jobs: await jobs.countDocuments({}, { hint: "_id_" }),
        removed: await tombstones.countDocuments({}, { hint: "_id_" }),
      })),
    ids: (after, limit) =>
      attempt(async () => {
        const options = { projection: { _id: 1 }, sort: { _id: 1 }, limit } as const;
        const found = await Promise.all([
          jobs.find({ _id: { $gt: after } }, options).toArray(),
          tombstones.find({ _id: { $gt: after } }, options).toArray(),
        ]);
        return found
          .flat()
          .map(({ _id }) => _id)
          .toSorted()
          .slice(0, limit);
      }),
    read: (jobIds) =>
      attempt(async () => {
        const found = await Promise.all(jobIds.toSorted().map(readOne));
        return found.filter((archived) => archived !== undefined);
      }),
    write: (archived) => attempt(() => write(archived)),
    migration: () =>
      attempt(async () => {
        const found = await migrations.findOne({ _id: "last" });
        if (found === null) return undefined;
        const { source, startedAt, finishedAt } = migrationSchema.parse(found);
        return { source, startedAt, ...defined({ finishedAt }) };
      }),
    note: (migration) =>
      attempt(async () => {
        await migrations.replaceOne({ _id: "last" }, migration, {
          upsert: true,
          writeConcern: { w: "majority" },
        });
      }),
    close: () => Promise.resolve(),
  };
}

function archivedTokens(document: Document): ArchivedJob["tokens"] {
  const tokens = tokensOf(document).map(({ hash, ...token }) => ({
    hash: new Binary(hash).toString("hex"),
    ...token,
  }));
  return tokens.toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
}
