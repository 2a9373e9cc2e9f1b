import { z } from "#app/contract/zod-mini.ts";
import { fetchingSchema } from "./fetching.ts";
import { deliverySchema } from "./job-event.ts";
import {
  jobErrorSchema,
  jobLogSchema,
  jobPhaseSchema,
  jobResultSchema,
  jobStatusSchema,
  jobSummarySchema,
} from "./job.ts";
import { shownPartSchema } from "./part.ts";

/** The body of every error answer. `message` says what is wrong, where, and what to do. */
export const errorBodySchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), field: z.optional(z.string()) }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

/**
 * One job in full. `logs` are its last lines, or those before the one that was asked for, the first of them the line with
 * index `logsFrom`. `phases` are its last steps, oldest first. `result` comes along up to 64 KB, `resultFile` tells where
 * it is whole; `deliveries`, newest first, only on request. `files` are what is or was fetched
 * from the Secretary.
 */
export const jobDetailSchema = z.object({
  ...jobSummarySchema.shape,
  error: z.optional(jobErrorSchema),
  logs: z.array(jobLogSchema),
  logsFrom: z.int(),
  logCount: z.int(),
  phases: z.optional(z.array(jobPhaseSchema)),
  result: z.optional(jobResultSchema),
  resultFile: z.optional(z.object({ size: z.int(), url: z.string() })),
  deliveries: z.optional(z.array(deliverySchema)),
  artifacts: z.array(z.object({ name: z.string(), type: z.string(), size: z.int(), url: z.string() })),
  files: z.optional(z.array(shownPartSchema)),
  processId: z.optional(z.string()),
  correlation: z.optional(z.string()),
});
export type JobDetail = z.infer<typeof jobDetailSchema>;

/** `POST …/:jobId/artifacts` → 202: what is fetched once more. */
export const fetchAnswerSchema = z.object({ fetching: fetchingSchema });
export type FetchAnswer = z.infer<typeof fetchAnswerSchema>;

/** `POST …/:jobId/cancel` → 200: what the job is now. */
export const cancelAnswerSchema = z.object({
  status: jobStatusSchema,
  revision: z.int(),
  cancelRequested: z.boolean(),
});
export type CancelAnswer = z.infer<typeof cancelAnswerSchema>;

/** `GET /api/external/me`: whose jobs a sender sees, and how the server finds out: `local` has one user for everybody. */
export const meSchema = z.object({ userEmail: z.string(), auth: z.enum(["local", "clerk", "proxy"]) });
export type Me = z.infer<typeof meSchema>;
