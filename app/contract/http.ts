import { z } from "#app/contract/zod.ts";
import { PAGE_SIZE } from "./job-status.ts";
import { jobStatusSchema } from "./job-summary.ts";

const seconds = z
  .int()
  .min(1)
  .max(7 * 24 * 3600);

/** `POST /api/external/jobs`: what an application says of a job before it hands it to a worker. */
export const registerRequestSchema = z.object({
  /** More than 300 characters are cut. */
  title: z.string().trim().min(1).max(2_000),
  kind: z.string().max(40).optional(),
  stallAfterSeconds: seconds.default(300),
  timeoutSeconds: seconds.default(3600),
  correlation: z.string().max(200).optional(),
  processId: z.string().max(200).optional(),
  follow: z.boolean().optional(),
  signed: z.boolean().optional(),
  userEmail: z.email().toLowerCase().optional(),
});
export type RegisterRequest = z.infer<typeof registerRequestSchema>;

/**
 * The 201 of a registration. `callback_token` is shown this once; only its hash is kept. `signing_secret`, where `signed`
 * was asked for: each callback has to be signed with it as Standard Webhooks says.
 */
export const registeredSchema = z.object({
  jobId: z.string(),
  status: jobStatusSchema,
  callback_url: z.url(),
  callback_token: z.string(),
  signing_secret: z.string().optional(),
  expiresAt: z.iso.datetime(),
});
export type Registered = z.infer<typeof registeredSchema>;

const DAY_SECONDS = 24 * 3600;

/** `POST …/:jobId/token`: how long the tokens there are stay good beside the new one. */
export const rotateRequestSchema = z.object({
  overlapSeconds: z.int().min(0).max(DAY_SECONDS).default(3600),
});

/** The 201 of a rotation, as that of a registration. */
export const rotatedSchema = registeredSchema.pick({
  callback_token: true,
  signing_secret: true,
  expiresAt: true,
});
export type Rotated = z.infer<typeof rotatedSchema>;

/** The 200 of a callback. `cancelRequested` asks the worker to stop and confirm with `status:"canceled"`. */
export const callbackAnswerSchema = z.object({
  applied: z.boolean(),
  reason: z.enum(["after_final", "duplicate"]).optional(),
  status: jobStatusSchema,
  revision: z.int(),
  cancelRequested: z.boolean(),
});
export type CallbackAnswer = z.infer<typeof callbackAnswerSchema>;

/** Several values of one parameter: repeated, separated by commas, or both. */
function separated(value: unknown): unknown {
  if (value === undefined) return undefined;
  return [value].flat().flatMap((part) => (typeof part === "string" ? part.split(",") : [part]));
}

/**
 * `GET /api/external/jobs`: `cursor` pages by key and wins over `page`, so that pages stay stable while jobs move.
 * `status` may name several: `?status=running,failed` or `?status=running&status=failed`.
 */
export const listQuerySchema = z.object({
  page: z.coerce.number().int().min(1).default(1),
  limit: z.coerce.number().int().min(1).max(50).default(PAGE_SIZE),
  cursor: z.string().optional(),
  status: z.preprocess(separated, z.array(jobStatusSchema).min(1).optional()),
  q: z.string().trim().max(200).optional(),
});
export type ListQuery = z.infer<typeof listQuerySchema>;

export * from "./answers.ts";
export { type JobPage, jobPageSchema } from "./job-page.ts";

/**
 * `GET /api/external/jobs/:jobId`: how many of the last log lines, or of the last before the line with index `before`,
 * and how many of the last deliveries to send.
 */
export const detailQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  before: z.coerce.number().int().min(0).optional(),
  deliveries: z.coerce.number().int().min(0).max(50).default(0),
});
export type DetailQuery = z.infer<typeof detailQuerySchema>;

/** `GET /api/external/jobs/stream`: where to resume, and with `job` one job with its lines from `logFrom` on. */
export const streamQuerySchema = z.object({
  after: z.string().optional(),
  job: z.string().optional(),
  logFrom: z.coerce.number().int().min(0).default(0),
});
