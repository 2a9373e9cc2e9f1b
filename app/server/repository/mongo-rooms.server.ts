import type { AnyBulkWriteOperation, Collection, Document } from "mongodb";
import { z } from "zod";
import type { Keyed, MongoCollections } from "./mongo-collections.server.ts";
import { DELIVERIES_IN_TAIL, deliveryPage } from "./mongo-deliveries.server.ts";
import { requestFields } from "./mongo-requests.server.ts";
import { JOB_PROJECTION } from "./mongo-documents.server.ts";
import { logPages, pagedUpTo } from "./mongo-logs.server.ts";

/** What is about to be added to the document of a job. */
export type Addition = {
  jobId: string;
  lines: Document[];
  deliveries: Document[];
  /** The deliveries leave the job as it is. */
  isRecord: boolean;
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
const requestSchema = z.object({
  revision: z.int(),
  at: z.date().transform((at) => at.toISOString()),
  digest: z.string(),
  idempotencyKey: z.string().optional(),
});

export function needsRoom(
  { logCount, tailLength }: { logCount: number; tailLength: number },
  { lines, deliveries }: Pick<Addition, "lines" | "deliveries">,
): boolean {
  if (tailLength + deliveries.length > DELIVERIES_IN_TAIL) return true;
  return pagedUpTo(logCount) < pagedUpTo(logCount + lines.length);
}

/**
 * Puts away, before a write that would cut it, what has no room in the document of a job. Pages have ids of their own,
 * so writing one twice is harmless. Undefined for a job that is gone.
 */
export function createRooms(collections: MongoCollections) {
  const { jobs, logPages: linesPages, deliveryPages, requests } = collections;

  return async function makeRoom(addition: Addition): Promise<Room | undefined> {
    const { jobId, lines, isRecord } = addition;
    const projection = { ...JOB_PROJECTION, logs: 1, deliveryCount: 1, deliveryPage: 1, deliveries: 1 };
    const found = await jobs.findOne({ _id: jobId }, { projection });
    if (found === null) return undefined;
    const { logs, deliveries, ...document } = documentSchema.parse(found);
    const { logCount, deliveryCount, revision } = document;

    const counts = { before: logCount, after: logCount + lines.length };
    const newLines = logPages(jobId, counts, [...logs, ...lines]);
    const all = [...deliveries, ...addition.deliveries];
    const { full, rest } = isFull(all.length)
      ? cut(all, isRecord ? 0 : deliveries.length)
      : { full: [], rest: all };
    const newPages = full.map((page, n) => deliveryPage(jobId, document.deliveryPage + n, page, document));
    const known = full.flat().flatMap((delivery) => {
      const request = requestSchema.safeParse(delivery).data;
      return request === undefined ? [] : [requestFields(jobId, request)];
    });
    await Promise.all([
      replace(linesPages, newLines),
      replace(deliveryPages, newPages),
      replace(requests, known),
    ]);
    return { revision, deliveryCount, deliveries: rest, pages: full.length };
  };
}

function isFull(length: number): boolean {
  return length > DELIVERIES_IN_TAIL;
}

/** Whole pages, the first of them with `least` or more, and what is left. */
function cut(all: Document[], least: number): { full: Document[][]; rest: Document[] } {
  const full: Document[][] = [];
  let rest = all;
  while (rest.length > DELIVERIES_IN_TAIL) {
    const length = full.length === 0 ? Math.max(least, DELIVERIES_IN_TAIL) : DELIVERIES_IN_TAIL;
    full.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return { full, rest };
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
