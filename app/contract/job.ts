import { z } from "#app/contract/zod.ts";
import { askedSchema, sourceSchema } from "./asked.ts";
import { fieldsSchema } from "./fields.ts";
import { JOB_STATUSES } from "./job-status.ts";
import { fetchingSchema, partSchema } from "./part.ts";

export const jobStatusSchema = z.enum(JOB_STATUSES);

const instant = z.iso.datetime();

/** What went wrong, in the worker's words or, with code `no_callback`, in ours. */
export const jobErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  details: fieldsSchema.optional(),
});
export type JobError = z.infer<typeof jobErrorSchema>;

/** One line of a job's log. `message` and `details` are cut and cleaned before they are stored. No `source`: a callback. */
export const jobLogSchema = z.object({
  timestamp: instant,
  level: z.enum(["debug", "info", "warn", "error"]),
  phase: z.string().optional(),
  progress: z.number().min(0).max(100).optional(),
  message: z.string().optional(),
  details: fieldsSchema.optional(),
  source: sourceSchema.optional(),
});
export type JobLog = z.infer<typeof jobLogSchema>;

/**
 * How fast a job moves: since `since` it rose from `from` percent to its present progress, which it reached at `at` in
 * so many `steps`. What was there from the beginning is no step.
 */
export const paceSchema = z.object({
  from: z.number().min(0).max(100),
  since: instant,
  at: instant,
  steps: z.int().min(0),
});
export type Pace = z.infer<typeof paceSchema>;

/** How long the last `count` completed jobs of a kind and a user took: quartiles, in seconds from start to end. */
export const usualTimeSchema = z.object({
  count: z.int().min(1),
  low: z.number().min(0),
  median: z.number().min(0),
  high: z.number().min(0),
});
export type UsualTime = z.infer<typeof usualTimeSchema>;

/** A step of the work as its worker named it, and when it began. */
export const jobPhaseSchema = z.object({ phase: z.string(), startedAt: instant });
export type JobPhase = z.infer<typeof jobPhaseSchema>;

/**
 * What lists and the stream carry of a job. An absent `progress` means unknown, never 0.
 * Instants are RFC 3339 in UTC; `error` never carries details. `usual` is what was known when it was registered.
 */
export const jobSummarySchema = z.object({
  jobId: z.string(),
  status: jobStatusSchema,
  phase: z.string().optional(),
  progress: z.number().min(0).max(100).optional(),
  message: z.string().optional(),
  updatedAt: instant,
  revision: z.int().min(0),
  title: z.string(),
  kind: z.string().optional(),
  createdAt: instant,
  startedAt: instant.optional(),
  finishedAt: instant.optional(),
  error: jobErrorSchema.omit({ details: true }).optional(),
  lastCallbackAt: instant.optional(),
  stallAfterSeconds: z.int().positive(),
  cancelRequested: z.boolean(),
  pace: paceSchema.optional(),
  usual: usualTimeSchema.optional(),
  asked: askedSchema.optional(),
  fetching: fetchingSchema.optional(),
});
export type JobSummary = z.infer<typeof jobSummarySchema>;

/** A file a job left behind. `size` in bytes. */
export const artifactSchema = z.object({ name: z.string(), type: z.string(), size: z.int().min(0) });
export type Artifact = z.infer<typeof artifactSchema>;

/** A file in the artifact store that is no artifact of the user: a result, or an archive still to be checked. */
export const storedFileSchema = z.object({ name: z.string(), size: z.int().min(0) });
export type StoredFile = z.infer<typeof storedFileSchema>;

/**
 * The truth about a job, as it is stored. `revision` grows by one per applied event.
 * `endedBy` tells whose word ended it: only the worker's is sticky (design: state rules, 1). `result` and `archive`
 * name files in the artifact store, `artifacts` what a person may download. `checkAfterSeconds`: the silence after which
 * the Secretary is asked.
 */
export const jobSchema = jobSummarySchema.extend({
  userEmail: z.string(),
  error: jobErrorSchema.optional(),
  lastError: z.string().optional(),
  lastSeq: z.int().optional(),
  endedBy: z.enum(["worker", "owner", "jobmon"]).optional(),
  timeoutSeconds: z.int().positive(),
  logCount: z.int().min(0),
  phases: z.array(jobPhaseSchema).optional(),
  processId: z.string().optional(),
  correlation: z.string().optional(),
  follow: z.boolean().optional(),
  checkAfterSeconds: z.number().positive().optional(),
  result: storedFileSchema.optional(),
  archive: storedFileSchema.optional(),
  artifacts: z.array(artifactSchema).optional(),
  parts: z.array(partSchema).optional(),
});
export type Job = z.infer<typeof jobSchema>;

/** The text, links and data a finished job produced. A JSON file of its own, so that lists stay small. */
export const jobResultSchema = z.object({
  text: z.string().optional(),
  links: z.array(z.object({ name: z.string(), url: z.string() })),
  metadata: z.unknown().optional(),
  data: fieldsSchema.optional(),
});
export type JobResult = z.infer<typeof jobResultSchema>;

/** The part of a job that every viewer of it may see. */
export function summarize(job: Job): JobSummary {
  return jobSummarySchema.parse(job);
}
