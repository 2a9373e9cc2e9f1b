import type { Document } from "mongodb";
import { z } from "zod";
import { type Delivery, deliverySchema } from "#app/contract/job-event.ts";
import { defined } from "#app/contract/defined.ts";
import type { Job } from "#app/contract/job.ts";
import type { JobHistory } from "./job-repository.ts";
import type { MongoCollections, PageId } from "./mongo-collections.server.ts";
import { jobOf } from "./mongo-documents.server.ts";

const DELIVERIES_SHOWN = 50;
/** How many deliveries the document of a job has at most: its length is paid at every write. */
export const DELIVERIES_IN_TAIL = 16;
/** Pages of a job: those with the last 50 deliveries, and the one whose state these begin from. */
const SLOTS = 6;

/** A delivery as it is stored: what is looked for, and the whole of it as JSON. */
export function deliveryFields(delivery: Delivery): Document {
  const { event, applied, request } = delivery;
  return {
    at: new Date(event.at),
    applied,
    ...defined({ digest: request?.digest, idempotencyKey: request?.idempotencyKey }),
    delivery: JSON.stringify(delivery),
  };
}

const storedSchema = z.object({
  delivery: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(deliverySchema),
});
const tailSchema = z.object({ deliveryCount: z.int(), deliveries: z.array(storedSchema) });
const pageSchema = z.object({
  page: z.int(),
  deliveries: z.array(storedSchema),
  after: z.custom<Document>(),
});

export function deliverySlots(jobId: string): PageId[] {
  return Array.from({ length: SLOTS }, (_, slot) => ({ jobId, slot }));
}

/** The document of a page: deliveries that followed on each other, and the state of the job after the last. */
export function deliveryPage(jobId: string, page: number, deliveries: Document[], after: Document) {
  return { _id: { jobId, slot: page % SLOTS }, page, deliveries, after };
}

/** Reads the deliveries of a job: those in its document, and before them those of its pages. */
export function createMongoDeliveries({ jobs, deliveryPages }: MongoCollections) {
  /** The tail, and the pages before it, newest first. */
  async function read(
    jobId: string,
    owner: { userEmail?: string } = {},
  ): Promise<{ tail: Delivery[]; pages: Page[]; count: number } | undefined> {
    const document = await jobs.findOne(
      { _id: jobId, ...owner },
      { projection: { deliveryCount: 1, deliveries: 1 } },
    );
    if (document === null) return undefined;
    const { deliveryCount: count, deliveries } = tailSchema.parse(document);
    const tail = deliveries.map(({ delivery }) => delivery);
    if (tail.length === count) return { tail, pages: [], count };
    const found = await deliveryPages.find({ _id: { $in: deliverySlots(jobId) } }).toArray();
    const pages = found.map((page) => pageSchema.parse(page)).toSorted((a, b) => b.page - a.page);
    return { tail, pages, count };
  }

  return {
    async latest(userEmail: string, jobId: string, limit: number): Promise<Delivery[]> {
      const { tail, pages } = (await read(jobId, { userEmail })) ?? { tail: [], pages: [] };
      const oldestFirst = [...pages.toReversed().flatMap(deliveriesOf), ...tail];
      return oldestFirst.toReversed().slice(0, Math.min(limit, DELIVERIES_SHOWN));
    },

    async history(jobId: string): Promise<JobHistory | undefined> {
      const found = await read(jobId);
      if (found === undefined) return undefined;
      let deliveries = found.tail;
      for (const page of found.pages) {
        if (deliveries.length >= DELIVERIES_SHOWN)
          return { base: jobOf(page.after), deliveries, isWhole: false };
        deliveries = [...deliveriesOf(page), ...deliveries];
      }
      const [first, ...later] = deliveries;
      if (deliveries.length < found.count || first?.event.type !== "job_registered") return undefined;
      const base: Job = first.event.job;
      return { base, deliveries: later, isWhole: true };
    },
  };
}

type Page = z.infer<typeof pageSchema>;

function deliveriesOf({ deliveries }: Page): Delivery[] {
  return deliveries.map(({ delivery }) => delivery);
}
