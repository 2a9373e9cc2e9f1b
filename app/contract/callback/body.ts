import { z } from "#app/contract/zod.ts";
import { fieldsSchema } from "#app/contract/fields.ts";

const text = z.string().nullish();

const levelSchema = z
  .string()
  .describe("debug, info, warn (or warning), error; in any case")
  .transform((level) => level.toLowerCase().replace(/^warning$/, "warn"))
  .pipe(z.enum(["debug", "info", "warn", "error"]));

/** A line in `{logs:[…]}`: a bare text, or one with its own time, level and progress. */
export const bodyLineSchema = z.union([
  z.string().transform((message) => ({ level: "info" as const, message })),
  z.object({
    timestamp: z.iso
      .datetime({ offset: true })
      .transform((at) => new Date(at).toISOString())
      // At the edges of the four-digit years the offset leads out of them.
      .pipe(z.iso.datetime())
      .optional(),
    level: levelSchema.default("info"),
    phase: z.string().optional(),
    progress: z.number().min(0).max(100).optional(),
    message: z.string().optional(),
    details: z.optional(fieldsSchema),
  }),
]);

/**
 * The fields of a callback we know, of every dialect at once. What has the wrong type is a fault that names
 * its field; what is not named here is kept by the translator and is never an error.
 */
export const callbackBodySchema = z.object({
  phase: text,
  status: text,
  message: text,
  progress: z.union([z.number(), z.object({ percent: z.number() })]).nullish(),
  current: z.number().nullish(),
  total: z.number().nullish(),
  unit: text,
  level: levelSchema.nullish(),
  details: z.nullish(fieldsSchema),
  logs: z.array(bodyLineSchema).max(500).nullish(),
  seq: z.int().nullish(),
  error: z.union([z.string(), fieldsSchema]).nullish(),
  data: z.unknown().optional(),
  metadata: z.unknown().optional(),
  process: z.unknown().optional(),
  job: z.unknown().optional(),
  images_archive_data: z.unknown().optional(),
  callback_token: z.unknown().optional(),
  jobId: z.unknown().optional(),
});
export type CallbackBody = z.infer<typeof callbackBodySchema>;
