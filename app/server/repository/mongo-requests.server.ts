import type { Document } from "mongodb";
import { z } from "zod";
import type { ArchivedJob } from "./job-archive.ts";
import type { MongoCollections } from "./mongo-collections.server.ts";
import { deliverySlots } from "./mongo-deliveries.server.ts";

type Match = { digest: string; since: string; idempotencyKey?: string };
export type Request = ArchivedJob["requests"][number];

/** Much more than the seconds within which the same body is a duplicate. */
const KEYLESS_KEPT_MS = 24 * 3600 * 1000;

const requestSchema = z.object({
  revision: z.int(),
  at: z.date().transform((at) => at.toISOString()),
  digest: z.string(),
  idempotencyKey: z.string().optional(),
});
const tailSchema = z.object({ deliveries: z.array(z.custom<Document>()) });
const pageSchema = tailSchema.extend({ _id: z.object({ jobId: z.string() }) });
const putAwaySchema = requestSchema
  .omit({ revision: true })
  .extend({ _id: z.object({ jobId: z.string(), revision: z.int() }) });
export type StoredRequest = { jobId: string; request: Request };

/** A request that led to a revision of the job; without a key it is forgotten after a day, with one when its job goes. */
export function requestFields(jobId: string, { revision, at, digest, idempotencyKey }: Request) {
  const expiresAt = new Date(Date.now() + KEYLESS_KEPT_MS);
  const kept = idempotencyKey === undefined ? { expiresAt } : { idempotencyKey };
  return { _id: { jobId, revision }, at: new Date(at), digest, ...kept };
}

/** The requests that changed a job: those in its document, those on its pages, and those that were put apart. */
export function createMongoRequests({ requests, deliveryPages }: MongoCollections) {
  return {
    /** Whether one that is no longer in the document matches. What leaves its page is put apart before: it is asked for second. */
    async isPutAway(jobId: string, { digest, since, idempotencyKey }: Match): Promise<boolean> {
      const ofJob = { "_id.jobId": jobId };
      const at = { $gte: new Date(since) };
      const onPages = {
        _id: { $in: deliverySlots(jobId) },
        deliveries: { $elemMatch: { applied: true, digest, at } },
      };
      if ((await deliveryPages.findOne(onPages, { projection: { page: 1 } })) !== null) return true;
      const [byKey, byDigest] = await Promise.all([
        idempotencyKey === undefined ? null : requests.findOne({ ...ofJob, idempotencyKey }),
        requests.findOne({ ...ofJob, digest, at }),
      ]);
      return byKey !== null || byDigest !== null;
    },

    /** Those that are no longer in the documents of many jobs, in two reads. */
    async putAway(jobIds: string[]): Promise<StoredRequest[]> {
      const pages = await deliveryPages.find({ _id: { $in: jobIds.flatMap(deliverySlots) } }).toArray();
      const apart = await requests.find({ "_id.jobId": { $in: jobIds } }).toArray();
      return [
        ...pages.flatMap((page) => {
          const { _id, deliveries } = pageSchema.parse(page);
          return requestsIn(deliveries).map((request) => ({ jobId: _id.jobId, request }));
        }),
        ...apart.map((stored) => {
          const { _id, ...rest } = putAwaySchema.parse(stored);
          const { jobId, revision } = _id;
          return { jobId, request: { revision, ...rest } };
        }),
      ];
    },

    /** All requests of a job whose document is at hand, in the order of the revisions. */
    all(document: Document, putAway: Request[]): Request[] {
      const known = [...putAway, ...requestsIn(tailSchema.parse(document).deliveries)];
      const byRevision = new Map(known.map((request) => [request.revision, request]));
      return [...byRevision.values()].toSorted((a, b) => a.revision - b.revision);
    },
  };
}

/** Those of stored deliveries that changed their job: only these have a revision. */
export function requestsIn(deliveries: Document[]): Request[] {
  return deliveries.flatMap((delivery) => requestSchema.safeParse(delivery).data ?? []);
}
