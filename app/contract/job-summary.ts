import { z } from "#app/contract/zod-mini.ts";
import { askedSchema, sourceSchema } from "./asked.ts";
import { fieldsSchema } from "./fields.ts";
import { JOB_STATUSES } from "./job-status.ts";
import { fetchingSchema } from "./fetching.ts";

export const jobStatusSchema = z.enum(JOB_STATUSES);

const text = z.string();
const perhapsText = z.optional(text);
const instant = z.iso.datetime();
const perhapsInstant = z.optional(instant);
const percent = z.number().check(z.minimum(0), z.maximum(100));
const perhapsPercent = z.optional(percent);
const count = z.int().check(z.minimum(0));
const seconds = z.number().check(z.minimum(0));

/** What went wrong, in the worker's words or, with code `no_callback`, in ours. */
export const jobErrorSchema = z.object({
  code: text,
  message: text,
  details: z.optional(fieldsSchema),
});
export type JobError = z.infer<typeof jobErrorSchema>;

/** One line of a job's log. `message` and `details` are cut and cleaned before they are stored. No `source`: a callback. */
export const jobLogSchema = z.object({
  timestamp: instant,
  level: z.enum(["debug", "info", "warn", "error"]),
  phase: perhapsText,
  progress: perhapsPercent,
  message: perhapsText,
  details: z.optional(fieldsSchema),
  source: z.optional(sourceSchema),
});
export type JobLog = z.infer<typeof jobLogSchema>;

/**
 * How fast a job moves: since `since` it rose from `from` percent to its present progress, which it reached at `at` in
 * so many `steps`. What was there from the beginning is no step.
 */
export const paceSchema = z.object({
  from: percent,
  since: instant,
  at: instant,
  steps: count,
});
export type Pace = z.infer<typeof paceSchema>;

/** How long the last `count` completed jobs of a kind and a user took: quartiles, in seconds from start to end. */
export const usualTimeSchema = z.object({
  count: z.int().check(z.minimum(1)),
  low: seconds,
  median: seconds,
  high: seconds,
});
export type UsualTime = z.infer<typeof usualTimeSchema>;

/**
 * What lists and the stream carry of a job. An absent `progress` means unknown, never 0.
 * Instants are RFC 3339 in UTC; `error` never carries details. `usual` is what was known when it was registered.
 */
export const jobSummarySchema = z.object({
  jobId: text,
  status: jobStatusSchema,
  phase: perhapsText,
  progress: perhapsPercent,
  message: perhapsText,
  updatedAt: instant,
  revision: count,
  title: text,
  kind: perhapsText,
  createdAt: instant,
  startedAt: perhapsInstant,
  finishedAt: perhapsInstant,
  error: z.optional(z.omit(jobErrorSchema, { details: true })),
  lastCallbackAt: perhapsInstant,
  stallAfterSeconds: z.int().check(z.positive()),
  cancelRequested: z.boolean(),
  pace: z.optional(paceSchema),
  usual: z.optional(usualTimeSchema),
  asked: z.optional(askedSchema),
  fetching: z.optional(fetchingSchema),
});
export type JobSummary = z.infer<typeof jobSummarySchema>;
