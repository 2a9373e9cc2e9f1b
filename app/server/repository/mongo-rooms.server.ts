import type { AnyBulkWriteOperation, Collection, Document } from "mongodb";
import { z } from "zod";
import type { Keyed, MongoCollections, PageId } from "./mongo-collections.server.ts";
import { DELIVERIES_IN_TAIL, deliveryPage, takesPlace } from "./mongo-deliveries.server.ts";
import { requestFields, requestsIn } from "./mongo-requests.server.ts";
import { JOB_PROJECTION } from "./mongo-documents.server.ts";
import { logPages, pagedUpTo } from "./mongo-logs.server.ts";

/** What is about to be added to the document of a job. */
export type Addition = {
  jobId: string;
  lines: Document[];
  deliveries: Document[];
};

/** The document as it was when the pages were made, and what of the deliveries is to be left in it. */
export type Room = {
  revision: number;
  deliveryCount: number;
  deliveries: Document[];
  pages: number;
};

const documentSchema = z.looseObject({
  revision: z.int(),
  logCount: z.int(),
  logs: z.array(z.custom<Document>()),
  deliveryCount: z.int(),
  deliveryPage: z.int(),
  deliveries: z.array(z.custom<Document>()),
});
const REQUESTS = {
  "deliveries.revision": 1,
  "deliveries.at": 1,
  "deliveries.digest": 1,
  "deliveries.idempotencyKey": 1,
};
const pageSchema = z.object({ deliveries: z.array(z.custom<Document>()) });
/** More than the seconds within which a body without a key is looked for. */
const LOOKED_FOR_MS = 60_000;

export function needsRoom(
  { logCount, tailLength }: { logCount: number; tailLength: number },
  { lines }: Pick<Addition, "lines">,
): boolean {
  if (isFull(tailLength)) return true;
  return pagedUpTo(logCount) < pagedUpTo(logCount + lines.length);
}

/**
 * Puts away, before a write that would cut it, what has no room in the document of a job. Pages have ids of their own,
 * and of two for one place the one that reaches further stays: what follows on a page is guarded by the count of the
 * deliveries, so no instance puts less in the place of what another has put there. Undefined for a job that is gone.
 */
export function createRooms(collections: MongoCollections) {
  const { jobs, logPages: linesPages, deliveryPages, requests } = collections;

  /** Requests are found in the document and on its pages; before they leave those, what may be asked for is put apart. */
  async function putDeliveriesAway(page: ReturnType<typeof deliveryPage>): Promise<void> {
    const { _id, deliveries } = page;
    const leaving = takesPlace(page) ? await deliveryPages.findOne({ _id }, { projection: REQUESTS }) : null;
    const since = new Date(Number(deliveries.at(-1)?.["at"]) - LOOKED_FOR_MS).toISOString();
    const keyed = requestsIn(deliveries).filter(({ idempotencyKey }) => idempotencyKey !== undefined);
    const late = leaving === null ? [] : requestsIn(pageSchema.parse(leaving).deliveries);
    const apart = [...keyed, ...late.filter(({ at }) => at >= since)];
    await replace(
      requests,
      apart.map((request) => requestFields(_id.jobId, request)),
    );
    await putAway(deliveryPages, page);
  }

  return async function makeRoom(addition: Addition): Promise<Room | undefined> {
    const { jobId, lines } = addition;
    const projection = { ...JOB_PROJECTION, logs: 1, deliveryCount: 1, deliveryPage: 1, deliveries: 1 };
    const found = await jobs.findOne({ _id: jobId }, { projection });
    if (found === null) return undefined;
    const { logs, deliveries, ...document } = documentSchema.parse(found);
    const { logCount, deliveryCount, revision } = document;

    const counts = { before: logCount, after: logCount + lines.length };
    const newLines = logPages(jobId, counts, [...logs, ...lines]);
    // All that are there: the state after the last of them is that of the job.
    const full = isFull(deliveries.length) ? deliveries : [];
    const rest = [...deliveries.slice(full.length), ...addition.deliveries];
    const pages = full.length > 0 ? 1 : 0;
    await Promise.all([
      replace(linesPages, newLines),
      pages > 0 && putDeliveriesAway(deliveryPage(jobId, document, full)),
    ]);
    return { revision, deliveryCount, deliveries: rest, pages };
  };
}

function isFull(length: number): boolean {
  return length >= DELIVERIES_IN_TAIL;
}

/** In the place of a page that reaches less far. */
async function putAway(collection: Collection<Keyed<PageId>>, page: Keyed<PageId>): Promise<void> {
  const reachesFurther = { $gt: [page["upTo"], { $ifNull: ["$upTo", -1] }] };
  const replaced = { $cond: [reachesFurther, { $literal: page }, "$$ROOT"] };
  const { _id } = page;
  await collection.updateOne({ _id }, [{ $replaceWith: replaced }], { upsert: true });
}

async function replace<Id extends object>(
  collection: Collection<Keyed<Id>>,
  documents: Keyed<Id>[],
): Promise<void> {
  if (documents.length === 0) return;
  const operations = documents.map((replacement): AnyBulkWriteOperation<Document> => {
    const { _id } = replacement;
    return { replaceOne: { filter: { _id }, replacement, upsert: true } };
  });
  await (collection as unknown as Collection<Document>).bulkWrite(operations, { ordered: false });
}
