import type { Document } from "mongodb";
import { defined } from "#app/contract/defined.ts";
import type { ListQuery } from "#app/contract/http.ts";
import { jobStatusSchema } from "#app/contract/job.ts";
import { COUNTED_UP_TO } from "#app/contract/job-status.ts";
import { type JobCounts, NO_JOBS, totalOf } from "#app/contract/job-status.ts";
import { foldText } from "#app/domain/search-text.ts";
import type { JobListing } from "./job-repository.ts";
import { formatListCursor, parseListCursor } from "./list-cursor.ts";
import type { MongoCollections } from "./mongo-collections.server.ts";
import { JOB_PROJECTION, jobOf } from "./mongo-documents.server.ts";

const NEWEST_FIRST = { updatedAt: -1, _id: -1 } as const;

/** Reads pages of one user's jobs along one index: a list of all is the merged lists of every status. */
export function createMongoList({ jobs }: MongoCollections) {
  return async function list(userEmail: string, query: ListQuery): Promise<JobListing> {
    const { page, limit, cursor, status } = query;
    const found = { userEmail, ...searchOf(query) };
    const matching = { ...found, status: { $in: status ?? jobStatusSchema.options } };
    const skip = cursor === undefined ? Math.min((page - 1) * limit, Number.MAX_SAFE_INTEGER) : 0;
    const options = { projection: JOB_PROJECTION, sort: NEWEST_FIRST, skip, limit: limit + 1 };
    const [documents, counts] = await Promise.all([
      jobs.find({ ...matching, ...(cursor === undefined ? {} : after(cursor)) }, options).toArray(),
      countsOf(found),
    ]);
    const listed = documents.slice(0, limit).map(jobOf);
    const last = documents.length > limit ? listed.at(-1) : undefined;
    return {
      jobs: listed,
      total: totalOf(counts, status),
      counts,
      nextCursor: last === undefined ? null : formatListCursor(last),
    };
  };

  /** Along the index of the list, and no further than is told. */
  async function countsOf(found: Document): Promise<JobCounts> {
    const counted = await Promise.all(
      jobStatusSchema.options.map(async (status) => {
        const count = await jobs.countDocuments({ ...found, status }, { limit: COUNTED_UP_TO + 1 });
        return [status, count];
      }),
    );
    return { ...NO_JOBS, ...Object.fromEntries(counted) };
  }
}

function searchOf({ q }: ListQuery): Document {
  return defined({ search: q ? { $regex: escape(foldText(q)) } : undefined });
}

/** What comes after the last job of a page. The first bound is that of the index, the second is of those at the same instant. */
function after(cursor: string): Document {
  const { updatedAt, jobId } = parseListCursor(cursor);
  const at = new Date(updatedAt);
  return { updatedAt: { $lte: at }, $or: [{ updatedAt: { $lt: at } }, { _id: { $lt: jobId } }] };
}

/** No character of a search is special. */
function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
