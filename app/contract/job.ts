import { z } from "#app/contract/zod-mini.ts";
import { fieldsSchema } from "./fields.ts";
import { jobErrorSchema, jobSummarySchema, type JobSummary } from "./job-summary.ts";
import { partSchema } from "./part.ts";

export * from "./job-summary.ts";

/** A step of the work as its worker named it, and when it began. */
export const jobPhaseSchema = z.object({ phase: z.string(), startedAt: z.iso.datetime() });
export type JobPhase = z.infer<typeof jobPhaseSchema>;

/** A file a job left behind. `size` in bytes. */
export const artifactSchema = z.object({
  name: z.string(),
  type: z.string(),
  size: z.int().check(z.minimum(0)),
});
export type Artifact = z.infer<typeof artifactSchema>;

/** A file in the artifact store that is no artifact of the user: a result, or an archive still to be checked. */
export const storedFileSchema = z.object({ name: z.string(), size: z.int().check(z.minimum(0)) });
export type StoredFile = z.infer<typeof storedFileSchema>;

/**
 * The truth about a job, as it is stored. `revision` grows by one per applied event.
 * `endedBy` tells whose word ended it: only the worker's is sticky (design: state rules, 1). `result` and `archive`
 * name files in the artifact store, `artifacts` what a person may download. `checkAfterSeconds`: the silence after which
 * the Secretary is asked.
 */
export const jobSchema = z.extend(jobSummarySchema, {
  userEmail: z.string(),
  error: z.optional(jobErrorSchema),
  lastError: z.optional(z.string()),
  lastSeq: z.optional(z.int()),
  endedBy: z.optional(z.enum(["worker", "owner", "jobmon"])),
  timeoutSeconds: z.int().check(z.positive()),
  logCount: z.int().check(z.minimum(0)),
  phases: z.optional(z.array(jobPhaseSchema)),
  processId: z.optional(z.string()),
  correlation: z.optional(z.string()),
  follow: z.optional(z.boolean()),
  checkAfterSeconds: z.optional(z.number().check(z.positive())),
  result: z.optional(storedFileSchema),
  archive: z.optional(storedFileSchema),
  artifacts: z.optional(z.array(artifactSchema)),
  parts: z.optional(z.array(partSchema)),
});
export type Job = z.infer<typeof jobSchema>;

/** The text, links and data a finished job produced. A JSON file of its own, so that lists stay small. */
export const jobResultSchema = z.object({
  text: z.optional(z.string()),
  links: z.array(z.object({ name: z.string(), url: z.string() })),
  metadata: z.optional(z.unknown()),
  data: z.optional(fieldsSchema),
});
export type JobResult = z.infer<typeof jobResultSchema>;

/** The part of a job that every viewer of it may see. */
export function summarize(job: Job): JobSummary {
  return jobSummarySchema.parse(job);
}
