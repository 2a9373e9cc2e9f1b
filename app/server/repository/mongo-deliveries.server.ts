import type { Document } from "mongodb";
import { z } from "zod";
import { defined } from "#app/contract/defined.ts";
import type { Delivery } from "#app/contract/job-event.ts";
import { type Job, jobSchema } from "#app/contract/job.ts";
import type { ArchivedJob } from "./job-archive.ts";
import type { JobHistory } from "./job-repository.ts";
import type { MongoCollections, PageId } from "./mongo-collections.server.ts";
import type { DeliveryTexts } from "./mongo-delivery-texts.server.ts";
import { jobOf } from "./mongo-documents.server.ts";

const DELIVERIES_SHOWN = 50;
/** How many deliveries the document of a job has at most: its length is paid at every write. */
export const DELIVERIES_IN_TAIL = 16;
/** Pages of a job: those with the last 50 deliveries, and the one whose state these begin from. */
const SLOTS = 6;

const documents = z.array(z.custom<Document>());
const tailSchema = z.object({ _id: z.string(), deliveryCount: z.int(), deliveries: documents });
const pageSchema = z.object({ page: z.int(), deliveries: documents, after: z.custom<Document>() });
const snapshotSchema = z.object({ snapshot: z.string().optional() });

export function deliverySlots(jobId: string): PageId[] {
  return Array.from({ length: SLOTS }, (_, slot) => ({ jobId, slot }));
}

/** The document of a page: deliveries that followed on each other, and the state of the job after the last. */
export function deliveryPage(
  jobId: string,
  after: { deliveryPage: number; deliveryCount: number },
  deliveries: Document[],
) {
  const { deliveryPage: page, deliveryCount: upTo } = after;
  return { _id: { jobId, slot: page % SLOTS }, page, upTo, deliveries, after };
}

/** Whether its slot may have had an older page. */
export function takesPlace({ page }: { page: number }): boolean {
  return page >= SLOTS;
}

/** Reads the deliveries of a job: those in its document, and before them those of its pages. */
export function createMongoDeliveries({ jobs, deliveryPages }: MongoCollections, texts: DeliveryTexts) {
  /** The tail, and the pages before it, newest first. */
  async function read(jobId: string, owner: { userEmail?: string } = {}) {
    const document = await jobs.findOne(
      { _id: jobId, ...owner },
      { projection: { deliveryCount: 1, deliveries: 1 } },
    );
    return document === null ? undefined : readOf(document);
  }

  async function readOf(document: { _id: string }) {
    const { _id: jobId, deliveryCount: count, deliveries: tail } = tailSchema.parse(document);
    if (tail.length === count) return { tail, pages: [], count };
    const found = await deliveryPages.find({ _id: { $in: deliverySlots(jobId) } }).toArray();
    const pages = found.map((page) => pageSchema.parse(page)).toSorted((a, b) => b.page - a.page);
    return { tail, pages, count };
  }

  const textsOf = (jobId: string, stored: Document[]): Promise<Delivery[]> =>
    Promise.all(stored.map((one) => texts.read(jobId, one)));

  /** The deliveries that are kept, oldest first, and the state before them; without one they begin with the registration. */
  function kept({ count, pages, tail }: Awaited<ReturnType<typeof readOf>>) {
    let stored = tail;
    for (const page of pages) {
      if (stored.length >= DELIVERIES_SHOWN) return { count, stored, before: page };
      stored = [...page.deliveries, ...stored];
    }
    return { count, stored, before: undefined };
  }

  return {
    async latest(userEmail: string, jobId: string, limit: number): Promise<Delivery[]> {
      const { tail, pages } = (await read(jobId, { userEmail })) ?? { tail: [], pages: [] };
      const oldestFirst = [...pages.toReversed().flatMap(({ deliveries }) => deliveries), ...tail];
      const newest = oldestFirst.toReversed().slice(0, Math.min(limit, DELIVERIES_SHOWN));
      return textsOf(jobId, newest);
    },

    async history(jobId: string): Promise<JobHistory | undefined> {
      const found = await read(jobId);
      if (found === undefined) return undefined;
      const { count, stored, before } = kept(found);
      const deliveries = await textsOf(jobId, stored);
      if (before !== undefined) return { base: jobOf(before.after), deliveries, isWhole: false };
      const [first, ...later] = deliveries;
      if (deliveries.length < count || first?.event.type !== "job_registered") return undefined;
      return { base: first.event.job, deliveries: later, isWhole: true };
    },

    /** The same as an archive has it: the first with the state after it. */
    async archived(document: { _id: string }): Promise<ArchivedJob["deliveries"]> {
      const { _id: jobId } = document;
      const { count, stored, before } = kept(await readOf(document));
      const all = [...(before?.deliveries.slice(-1) ?? []), ...stored];
      const deliveries = await textsOf(jobId, all);
      return deliveries.map((delivery, at) => {
        const first = at === 0 ? baseOf(delivery, before?.after) : undefined;
        const snapshot = first ?? snapshotOf(all[at]);
        return { n: count - all.length + at, delivery, ...defined({ snapshot }) };
      });
    },
  };
}

function baseOf({ event }: Delivery, after: Document | undefined): Job | undefined {
  if (after !== undefined) return jobOf(after);
  return event.type === "job_registered" ? event.job : undefined;
}

/** The state that an archive brought along with a delivery. */
function snapshotOf(stored: Document | undefined): Job | undefined {
  const { snapshot } = snapshotSchema.parse(stored ?? {});
  return snapshot === undefined ? undefined : jobSchema.parse(JSON.parse(snapshot));
}
