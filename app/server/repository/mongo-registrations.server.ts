import { z } from "zod";
import type { Job } from "#app/contract/job.ts";
import { defined } from "#app/contract/defined.ts";
import { isDuplicateKey } from "#app/server/mongo/mongo-errors.server.ts";
import type { CallbackToken, IdempotentRequest } from "./job-repository.ts";
import { NEXT_SEQ } from "./mongo-changes.server.ts";
import type { MongoCollections } from "./mongo-collections.server.ts";
import type { DeliveryTexts } from "./mongo-delivery-texts.server.ts";
import { jobFields, jobOf, seqSchema, tokenFields } from "./mongo-documents.server.ts";

const writtenSchema = z.object({ seq: seqSchema });
const registeredSchema = z.looseObject({ requestDigest: z.string() });

/** New jobs: one document each, with the key it was registered by, which is unique for its user. */
export function createMongoRegistrations({ jobs }: MongoCollections, texts: DeliveryTexts) {
  async function findByKey(userEmail: string, idempotencyKey: string) {
    const document = await jobs.findOne({ userEmail, idempotencyKey });
    if (document === null) return undefined;
    return { existing: jobOf(document), digest: registeredSchema.parse(document).requestDigest };
  }

  return async function insert(job: Job, token: CallbackToken, request?: IdempotentRequest) {
    const registered = await texts.store(job.jobId, {
      event: { type: "job_registered", at: job.createdAt, job },
      applied: true,
    });
    const document = {
      ...jobFields(job),
      ...tokenFields([token]),
      ...defined({ idempotencyKey: request?.key, requestDigest: request?.digest }),
      logs: [],
      deliveries: [registered],
      deliveryCount: 1,
      deliveryPage: 0,
    };
    try {
      // An update of nothing, so that it is the server that gives the place in the feed.
      const written = await jobs.findOneAndUpdate(
        { _id: job.jobId, revision: { $lt: 0 } },
        { ...NEXT_SEQ, $set: document },
        { upsert: true, returnDocument: "after", projection: { seq: 1 } },
      );
      return writtenSchema.parse(written);
    } catch (error) {
      const known =
        isDuplicateKey(error) && request !== undefined && (await findByKey(job.userEmail, request.key));
      if (!known) throw error;
      return known;
    }
  };
}
