import { z } from "#app/contract/zod-mini.ts";
import { jobSummarySchema } from "./job-summary.ts";
import { jobCountsSchema } from "./job-counts.ts";

/**
 * One page of jobs, `updatedAt` descending; `total` of them match the query. `counts` are by status and honour `q`, not
 * `status`, so that every filter can show its number. `head` is the feed's position before the page was read.
 */
export const jobPageSchema = z.object({
  items: z.array(jobSummarySchema),
  page: z.int(),
  limit: z.int(),
  total: z.int(),
  counts: jobCountsSchema,
  nextCursor: z.nullable(z.string()),
  head: z.string(),
});
export type JobPage = z.infer<typeof jobPageSchema>;
