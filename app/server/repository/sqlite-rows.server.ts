import { z } from "zod";
import { type Job, jobLogSchema, jobResultSchema, jobSchema } from "#app/contract/job.ts";
import { searchText } from "./search-text.ts";

const json = z.string().transform((text): unknown => JSON.parse(text));

export const jobRow = z.object({ job: json.pipe(jobSchema) });
export const targetRow = jobRow.extend({
  token_hash: z.instanceof(Uint8Array),
  token_expires_at: z.string(),
});
export const feedRow = jobRow.extend({ seq: z.bigint() });
export const seqRow = z.object({ seq: z.bigint() });
export const headRow = z.object({ epoch: z.string(), head: z.bigint() });
export const statusCountRow = z.object({ status: jobSchema.shape.status, count: z.int() });
export const countRow = z.object({ count: z.int() });
export const logRow = z.object({ idx: z.int(), entry: json.pipe(jobLogSchema) });
export const resultRow = z.object({ result: json.pipe(jobResultSchema) });

/** The columns that follow from a job: the whole of it as JSON, and what is queried. */
export function jobColumns(job: Job) {
  return {
    job_id: job.jobId,
    user_email: job.userEmail,
    revision: job.revision,
    status: job.status,
    updated_at: job.updatedAt,
    search: searchText(job),
    job: JSON.stringify(job),
  };
}
