import type { Document } from "mongodb";
import { z } from "zod";
import type { JobLog } from "#app/contract/job.ts";
import { LOGS_KEPT } from "#app/domain/job-log.ts";
import type { MongoCollections, PageId } from "./mongo-collections.server.ts";
import { logOf } from "./mongo-documents.server.ts";

/** How many lines the document of a job has, and a page: the length is paid at every write. */
export const LINES_IN_TAIL = 50;
const SLOTS = LOGS_KEPT / LINES_IN_TAIL + 1;

const documentSchema = z.object({ _id: z.string(), logCount: z.int(), logs: z.array(z.custom<Document>()) });
const pageSchema = z.object({ from: z.int(), logs: z.array(z.custom<Document>()) });

export function logSlots(jobId: string): PageId[] {
  return Array.from({ length: SLOTS }, (_, slot) => ({ jobId, slot }));
}

/** Up to where the lines of a job with so many have to be in pages: whole pages, all that are not in the tail. */
export function pagedUpTo(logCount: number): number {
  return Math.max(0, Math.ceil((logCount - LINES_IN_TAIL) / LINES_IN_TAIL) * LINES_IN_TAIL);
}

/** The pages that a job needs before it gets from one count of lines to another; `lines` are the last it will have. */
export function logPages(jobId: string, counts: { before: number; after: number }, lines: Document[]) {
  const first = Math.max(counts.after - lines.length, counts.after - LOGS_KEPT, 0);
  const pages = [];
  for (let at = pagedUpTo(counts.before); at < pagedUpTo(counts.after); at += LINES_IN_TAIL) {
    const from = Math.max(at, first);
    if (from >= at + LINES_IN_TAIL) continue;
    const offset = counts.after - lines.length;
    const logs = lines.slice(from - offset, at + LINES_IN_TAIL - offset);
    pages.push({ _id: { jobId, slot: (at / LINES_IN_TAIL) % SLOTS }, from, logs });
  }
  return pages;
}

/** Reads the lines of a job: one list of those in its pages and those in its document. */
export function createMongoLogs({ jobs, logPages: pages }: MongoCollections) {
  async function readPages(jobId: string) {
    const found = await pages.find({ _id: { $in: logSlots(jobId) } }).toArray();
    return found.map((page) => pageSchema.parse(page));
  }

  /** The lines of a job whose document is at hand. */
  async function linesOf(
    document: { _id: string },
    { from, limit }: { from: number; limit: number },
  ): Promise<{ index: number; entry: JobLog }[]> {
    const { _id: jobId, logCount, logs } = documentSchema.parse(document);
    const tail = { from: logCount - logs.length, logs };
    const begin = Math.max(from, logCount - LOGS_KEPT, 0);
    const older = begin < tail.from ? await readPages(jobId) : [];
    const lines = new Map<number, Document>();
    for (const { from: first, logs: some } of [...older, tail]) {
      for (const [n, line] of some.entries()) lines.set(first + n, line);
    }
    return Array.from({ length: Math.min(limit, logCount - begin) }, (_, n) => begin + n).flatMap((index) => {
      const line = lines.get(index);
      return line === undefined ? [] : [{ index, entry: logOf(line) }];
    });
  }

  return {
    linesOf,
    async read(userEmail: string, jobId: string, range: { from: number; limit: number }) {
      const projection = { logCount: 1, logs: 1 };
      const document = await jobs.findOne({ _id: jobId, userEmail }, { projection });
      return document === null ? [] : linesOf(document, range);
    },
  };
}
