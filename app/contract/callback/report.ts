import { z } from "#app/contract/zod-mini.ts";
import { type JobResult, jobErrorSchema, jobLogSchema } from "#app/contract/job.ts";

/** A log line as the worker told it; the time is the worker's where it gave one, else that of the receipt. */
export const reportedLineSchema = z.omit(z.partial(jobLogSchema, { timestamp: true }), {
  source: true,
});
export type ReportedLine = z.infer<typeof reportedLineSchema>;

/**
 * One callback in our words, whatever dialect it came in. `outcome` is present only where the worker itself spoke of
 * the end; `queued`: it has accepted the job but not begun; `errorLine`: an error that may yet be recovered from
 * (secretary-contract: traps 1 and 2); `seq`: the worker's own order, larger is newer; `hasArchive`: files came along.
 */
export const callbackReportSchema = z.object({
  outcome: z.optional(z.enum(["completed", "failed", "canceled"])),
  queued: z.optional(z.literal(true)),
  phase: z.optional(z.string()),
  progress: z.optional(z.number().check(z.minimum(0), z.maximum(100))),
  message: z.optional(z.string()),
  lines: z.array(reportedLineSchema),
  error: z.optional(jobErrorSchema),
  errorLine: z.optional(z.string()),
  hasArchive: z.optional(z.literal(true)),
  processId: z.optional(z.string()),
  seq: z.optional(z.int()),
});
export type CallbackReport = z.infer<typeof callbackReportSchema>;

/** The heavy part of a final, apart from the report: its result, and a base64 ZIP as older Secretaries send it. */
export type CallbackPayload = { result?: JobResult; archive?: string };
