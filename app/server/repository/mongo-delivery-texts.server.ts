import { randomUUID } from "node:crypto";
import type { Document } from "mongodb";
import { z } from "zod";
import { defined } from "#app/contract/defined.ts";
import { type Delivery, deliverySchema } from "#app/contract/job-event.ts";
import type { MongoCollections } from "./mongo-collections.server.ts";

/** A longer text is apart from the document, so that no number of deliveries makes one too large (16 MB). */
const INLINE_BYTES = 64 * 1024;
/** At most four bytes each. */
const CHARACTERS_A_PART = 2 * 1024 * 1024;

const storedSchema = z.object({ delivery: z.string().optional(), textId: z.string().optional() });
const partSchema = z.object({ text: z.string() });

/** Deliveries as they are stored: what is looked for, and the whole of each as JSON; of a very long one in parts of their own. */
export function createDeliveryTexts({ deliveryTexts }: MongoCollections) {
  /** Durable before the document that names it. What a refused change leaves goes with its job. */
  async function putAway(jobId: string, text: string): Promise<string> {
    const textId = randomUUID();
    const count = Math.ceil(text.length / CHARACTERS_A_PART);
    const parts = Array.from({ length: count }, (_, n) => ({
      _id: { jobId, textId, n },
      text: text.slice(n * CHARACTERS_A_PART, (n + 1) * CHARACTERS_A_PART),
    }));
    for (const part of parts) await deliveryTexts.insertOne(part);
    return textId;
  }

  async function fetch(jobId: string, textId: string): Promise<string> {
    const filter = { "_id.jobId": jobId, "_id.textId": textId };
    const parts = await deliveryTexts
      .find(filter, { sort: { "_id.jobId": 1, "_id.textId": 1, "_id.n": 1 } })
      .toArray();
    return parts.map((part) => partSchema.parse(part).text).join("");
  }

  return {
    /** `revision`: the one the delivery led to. */
    async store(jobId: string, delivery: Delivery, revision?: number): Promise<Document> {
      const { event, applied, request } = delivery;
      const text = JSON.stringify(delivery);
      const isLong = Buffer.byteLength(text) > INLINE_BYTES;
      return {
        at: new Date(event.at),
        applied,
        ...defined({ digest: request?.digest, idempotencyKey: request?.idempotencyKey, revision }),
        ...(isLong ? { textId: await putAway(jobId, text) } : { delivery: text }),
      };
    },
    async read(jobId: string, stored: Document): Promise<Delivery> {
      const { delivery, textId } = storedSchema.parse(stored);
      const text = textId === undefined ? delivery : await fetch(jobId, textId);
      return deliverySchema.parse(JSON.parse(text ?? ""));
    },
  };
}

export type DeliveryTexts = ReturnType<typeof createDeliveryTexts>;
