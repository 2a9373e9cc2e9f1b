import { z } from "#app/contract/zod-mini.ts";
import { type Answer, sourceSchema } from "./asked.ts";
import { callbackReportSchema } from "./callback/report.ts";
import { partFaultSchema, partSchema, type PartState } from "./part.ts";
import { artifactSchema, jobSchema, storedFileSchema } from "./job.ts";

const at = z.iso.datetime();

/**
 * A fact about one job, in the past tense; `at` is the instant it happened. `stored` names the files a final brought,
 * which were made durable before; without a `source` the report came as a callback. `secretary_asked`: a question that
 * brought no word about the job; `fault` says why, in a sentence for the operator. `artifacts_refused`: they cannot be kept, `reason` is a sentence for the person. `parts`
 * are still to be fetched; `part_settled`: one of them came, is not there or is given up, and `more` of them became known;
 * `parts_requested`: what did not come is to be fetched once more.
 */
export const jobEventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("job_registered"), at, job: jobSchema }),
  z.object({
    type: z.literal("callback_received"),
    at,
    report: callbackReportSchema,
    source: z.optional(sourceSchema),
    stored: z.optional(
      z.object({ result: z.optional(storedFileSchema), archive: z.optional(storedFileSchema) }),
    ),
    parts: z.optional(z.array(partSchema)),
  }),
  z.object({
    type: z.literal("secretary_asked"),
    at,
    answer: z.enum(["unknown", "unreachable"] satisfies Answer[]),
    fault: z.optional(z.string()),
  }),
  z.object({ type: z.literal("cancel_requested"), at }),
  z.object({ type: z.literal("token_rotated"), at }),
  z.object({ type: z.literal("silence_exceeded"), at }),
  z.object({ type: z.literal("artifacts_stored"), at, artifacts: z.array(artifactSchema) }),
  z.object({ type: z.literal("artifacts_refused"), at, reason: z.string() }),
  z.object({
    type: z.literal("part_settled"),
    at,
    name: z.string(),
    state: z.enum(["stored", "none", "missing"] satisfies PartState[]),
    fault: z.optional(partFaultSchema),
    artifact: z.optional(artifactSchema),
    result: z.optional(storedFileSchema),
    more: z.optional(z.array(partSchema)),
  }),
  z.object({ type: z.literal("parts_requested"), at }),
]);
export type JobEvent = z.infer<typeof jobEventSchema>;

/** Why an event changed nothing; a callback is answered 200 all the same. */
export type IgnoredReason = "after_final" | "duplicate" | "not_due";

/**
 * What reached a job and what became of it: the line the delivery inspector shows and the audit replays. `request`
 * describes the bytes of a callback, its digest is their SHA-256 in hex. Never a token, never a result.
 */
export const deliverySchema = z.object({
  event: jobEventSchema,
  applied: z.boolean(),
  reason: z.optional(z.enum(["after_final", "duplicate", "not_due"])),
  request: z.optional(
    z.object({ bytes: z.int(), digest: z.string(), idempotencyKey: z.optional(z.string()) }),
  ),
});
export type Delivery = z.infer<typeof deliverySchema>;
