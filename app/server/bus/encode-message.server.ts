import { z } from "zod";
import { jobLogSchema, jobSchema } from "#app/contract/job.ts";
import type { JobMessage } from "./job-bus.ts";

const seqSchema = z
  .string()
  .regex(/^\d{1,20}$/)
  .transform(BigInt);
const messageSchema = z.object({
  sender: z.string(),
  previous: seqSchema.optional(),
  userEmail: z.string(),
  seq: seqSchema,
  job: jobSchema,
  logs: z.array(jobLogSchema),
  isRemoved: z.literal(true).optional(),
});

/** A message as text; numbers of the feed are decimal, as JSON has none of 64 bits. */
export function encodeMessage(message: JobMessage): string {
  return JSON.stringify(message, (_, value) => (typeof value === "bigint" ? String(value) : value));
}

/** Throws for a text that is no message, such as one of a version that is not this one. */
export function decodeMessage(text: string): JobMessage {
  const { previous, isRemoved, ...rest } = messageSchema.parse(JSON.parse(text));
  return { ...rest, previous, ...(isRemoved ? { isRemoved } : {}) };
}
