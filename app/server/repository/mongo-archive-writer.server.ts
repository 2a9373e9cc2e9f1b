import { Timestamp } from "mongodb";
import { defined } from "#app/contract/defined.ts";
import type { Job } from "#app/contract/job.ts";
import type { ArchivedJob } from "./job-archive.ts";
import type { MongoCollections } from "./mongo-collections.server.ts";
import { deliveryPage, deliverySlots } from "./mongo-deliveries.server.ts";
import type { DeliveryTexts } from "./mongo-delivery-texts.server.ts";
import { jobFields, logFields, tokenFields } from "./mongo-documents.server.ts";
import { LINES_IN_TAIL, logPages, logSlots } from "./mongo-logs.server.ts";
import { requestFields } from "./mongo-requests.server.ts";

/** On insertion the server puts its next timestamp in the place of an empty one. */
const GIVEN_BY_SERVER = new Timestamp(0n);
const UNORDERED = { ordered: false } as const;

/**
 * Stores archived jobs, each in the place of what is known of it. The document of a job is written after everything that
 * belongs to it: ended in the middle a job is not there at all, and is written again.
 */
export function createArchiveWriter(collections: MongoCollections, texts: DeliveryTexts) {
  const { jobs, tombstones, logPages: linePages, deliveryPages, deliveryTexts, requests } = collections;

  async function forget(jobIds: string[]): Promise<void> {
    const [byId, ofJob] = [{ _id: { $in: jobIds } }, { "_id.jobId": { $in: jobIds } }];
    await Promise.all([jobs.deleteMany(byId), tombstones.deleteMany(byId)]);
    await Promise.all([
      linePages.deleteMany({ _id: { $in: jobIds.flatMap(logSlots) } }),
      deliveryPages.deleteMany({ _id: { $in: jobIds.flatMap(deliverySlots) } }),
      deliveryTexts.deleteMany(ofJob),
      requests.deleteMany(ofJob),
    ]);
  }

  async function documentsOf(archived: ArchivedJob) {
    const { job, request, logs, tokens } = archived;
    const lines = logs.map(({ entry }) => logFields(entry));
    const { page, tail } = await deliveriesOf(archived);
    return {
      linePages: logPages(job.jobId, { before: 0, after: job.logCount }, lines),
      deliveryPages: page,
      requests: archived.requests.map((known) => requestFields(job.jobId, known)),
      job: {
        ...placed(job, tokens),
        ...defined({ idempotencyKey: request?.key, requestDigest: request?.digest }),
        logs: lines.slice(-LINES_IN_TAIL),
        deliveries: tail,
        deliveryCount: (archived.deliveries.at(-1)?.n ?? -1) + 1,
        deliveryPage: page.length,
      },
    };
  }

  /** All in the tail; of those that do not begin with the registration the first makes a page, for the state after it. */
  async function deliveriesOf({ job: { jobId }, deliveries, requests: known }: ArchivedJob) {
    const revisions = new Map(known.map(({ at, digest, revision }) => [`${at} ${digest}`, revision]));
    const stored = await Promise.all(
      deliveries.map(async ({ delivery, snapshot }) => {
        const { event, request, applied } = delivery;
        const revision = applied ? revisions.get(`${event.at} ${request?.digest}`) : undefined;
        const text = snapshot && JSON.stringify(snapshot);
        return { ...(await texts.store(jobId, delivery, revision)), ...defined({ snapshot: text }) };
      }),
    );
    const [oldest] = deliveries;
    if (oldest?.snapshot === undefined || oldest.n === 0) return { page: [], tail: stored };
    const state = { _id: jobId, ...jobFields(oldest.snapshot) };
    const after = { ...state, deliveryPage: 0, deliveryCount: oldest.n + 1 };
    return { page: [deliveryPage(jobId, after, stored.slice(0, 1))], tail: stored.slice(1) };
  }

  return async function write(archived: ArchivedJob[]): Promise<void> {
    if (archived.length === 0) return;
    await forget(archived.map(({ job }) => job.jobId));
    const removed = archived.flatMap(({ job, tokens, removedAt }) =>
      removedAt === undefined ? [] : [{ ...placed(job, tokens), removedAt: new Date(removedAt) }],
    );
    const kept = archived.filter(({ removedAt }) => removedAt === undefined);
    const documents = await Promise.all(kept.map(documentsOf));
    await Promise.all([
      insertAll(
        linePages,
        documents.flatMap((document) => document.linePages),
      ),
      insertAll(
        deliveryPages,
        documents.flatMap((document) => document.deliveryPages),
      ),
      insertAll(
        requests,
        documents.flatMap((document) => document.requests),
      ),
    ]);
    await insertAll(
      jobs,
      documents.map(({ job }) => job),
    );
    await insertAll(tombstones, removed);
  };
}

/** A job with its tokens, in the next place of the feed. */
function placed(job: Job, archived: ArchivedJob["tokens"]) {
  const tokens = archived.map(({ hash, expiresAt, signingSecret }) => ({
    hash: Buffer.from(hash, "hex"),
    expiresAt,
    ...defined({ signingSecret }),
  }));
  return { _id: job.jobId, ...jobFields(job), ...tokenFields(tokens), seq: GIVEN_BY_SERVER };
}

async function insertAll(
  collection: { insertMany(documents: never[], options: typeof UNORDERED): Promise<unknown> },
  documents: object[],
): Promise<void> {
  if (documents.length > 0) await collection.insertMany(documents as never[], UNORDERED);
}
