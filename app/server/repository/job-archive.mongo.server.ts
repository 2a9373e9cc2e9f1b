import { Binary, type Db, type Document } from "mongodb";
import { z } from "zod";
import { defined } from "#app/contract/defined.ts";
import { asRepositoryError } from "#app/server/mongo/mongo-errors.server.ts";
import type { ArchivedJob, JobArchive, Migration } from "./job-archive.ts";
import { createArchiveWriter } from "./mongo-archive-writer.server.ts";
import { type JobDocument, mongoCollections } from "./mongo-collections.server.ts";
import { createMongoDeliveries } from "./mongo-deliveries.server.ts";
import { createDeliveryTexts } from "./mongo-delivery-texts.server.ts";
import { jobOf, tokensOf } from "./mongo-documents.server.ts";
import { createMongoLogs } from "./mongo-logs.server.ts";
import { createMongoRequests, type StoredRequest } from "./mongo-requests.server.ts";
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
export async function openMongoArchive(options: { db: Db; slow?: Db }): Promise<JobArchive> {
  const { db, slow = db } = options;
  const collections = mongoCollections(db);
  const { jobs, tombstones } = collections;
  const texts = createDeliveryTexts(collections);
  const write = createArchiveWriter(collections, texts);
  const deliveries = createMongoDeliveries(collections, texts);
  const requests = createMongoRequests(collections);
  const logs = createMongoLogs(collections);
  const migrations = db.collection<{ _id: string } & Migration>("external_job_migrations");

  async function archivedOf(document: JobDocument, putAway: StoredRequest[]): Promise<ArchivedJob> {
    const { idempotencyKey: key, requestDigest: digest } = registeredSchema.parse(document);
    const job = jobOf(document);
    return {
      job,
      tokens: archivedTokens(document),
      ...defined({ request: key === undefined || digest === undefined ? undefined : { key, digest } }),
      logs: await logs.linesOf(document, { from: 0, limit: Number.MAX_SAFE_INTEGER }),
      deliveries: await deliveries.archived(document),
      requests: requests.all(
        document,
        putAway.flatMap(({ jobId, request }) => (jobId === job.jobId ? [request] : [])),
      ),
    };
  }

  async function readAll(jobIds: string[]): Promise<ArchivedJob[]> {
    const [found, removed, putAway] = await Promise.all([
      jobs.find({ _id: { $in: jobIds } }).toArray(),
      tombstones.find({ _id: { $in: jobIds } }).toArray(),
      requests.putAway(jobIds),
    ]);
    const archived = await Promise.all(found.map((document) => archivedOf(document, putAway)));
    return [...archived, ...removed.map(removedOf)].toSorted((a, b) => (a.job.jobId < b.job.jobId ? -1 : 1));
  }

  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asRepositoryError(error);
    }
  }

  await attempt(() => prepareMongo(slow));
  return {
    count: () =>
      attempt(async () => ({
        jobs: await jobs.countDocuments({}, { hint: "_id_" }),
        removed: await tombstones.countDocuments({}, { hint: "_id_" }),
      })),
    ids: (after, limit) =>
      attempt(async () => {
        const inOrder = { projection: { _id: 1 }, sort: { _id: 1 }, limit } as const;
        const found = await Promise.all([
          jobs.find({ _id: { $gt: after } }, inOrder).toArray(),
          tombstones.find({ _id: { $gt: after } }, inOrder).toArray(),
        ]);
        return found
          .flat()
          .map(({ _id }) => _id)
          .toSorted()
          .slice(0, limit);
      }),
    read: (jobIds) => attempt(() => readAll(jobIds)),
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

function removedOf(document: Document): ArchivedJob {
  const removedAt = removedSchema.parse(document).removedAt.toISOString();
  const tokens = archivedTokens(document);
  return { job: jobOf(document), removedAt, tokens, logs: [], deliveries: [], requests: [] };
}

function archivedTokens(document: Document): ArchivedJob["tokens"] {
  const tokens = tokensOf(document).map(({ hash, ...token }) => ({
    hash: new Binary(hash).toString("hex"),
    ...token,
  }));
  return tokens.toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
}
