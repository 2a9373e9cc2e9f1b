import { type Document, Timestamp } from "mongodb";
import { z } from "zod";
import { jobLogSchema, jobSchema, jobSummarySchema } from "#app/contract/job.ts";
import type { JobFact } from "./job-bus.ts";

const JOBS = "external_jobs";
const TOMBSTONES = "external_job_tombstones";
/** A change has a line or two; those of several at once are read from the repository. */
const LINES = 5;

const { jobId: _, ...summary } = jobSummarySchema.shape;
const shown = [...Object.keys(summary), "userEmail", "logCount", "timeoutSeconds"];

/** What a change stream has to tell of the jobs: what a viewer is shown, and the last lines. */
export const CHANGED_JOBS: Document[] = [
  {
    $match: {
      "ns.coll": { $in: [JOBS, TOMBSTONES] },
      operationType: { $in: ["insert", "update", "replace"] },
      fullDocument: { $ne: null },
    },
  },
  {
    $project: {
      collection: "$ns.coll",
      job: {
        $let: {
          vars: { job: "$fullDocument" },
          in: {
            jobId: "$$job._id",
            ...Object.fromEntries(shown.map((field) => [field, `$$job.${field}`])),
          },
        },
      },
      seq: "$fullDocument.seq",
      logs: { $slice: ["$fullDocument.logs", -LINES] },
    },
  },
];

/** Whose job it is, without a look at the rest. */
export function userOf(change: Document): unknown {
  return change["job"]?.userEmail;
}

const changeSchema = z.object({
  collection: z.string(),
  seq: z.instanceof(Timestamp),
  job: z.preprocess(withTexts, jobSchema),
  logs: z.preprocess((logs) => withTexts(logs ?? []), z.array(jobLogSchema)),
});

/** A change as `CHANGED_JOBS` gives it. Throws for a document that is no job. */
export function factOf(change: Document): JobFact {
  const { collection, seq, job, logs } = changeSchema.parse(change);
  const fact = { userEmail: job.userEmail, seq: seq.toBigInt(), job, logs };
  return collection === TOMBSTONES ? { ...fact, logs: [], isRemoved: true } : fact;
}

/** Instants as the contract has them. */
function withTexts(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(withTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withTexts(part)]));
}
