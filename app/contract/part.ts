import { z } from "#app/contract/zod-mini.ts";

/**
 * Why a part is missing: larger than we keep, not ready in time, unsafe as an archive, the Secretary does not take our key
 * or cannot be asked any more, or anything else on the way. `detail` is the fault's own sentence.
 */
export const partFaultSchema = z.object({
  code: z.enum(["too_large", "not_ready", "unsafe", "refused", "broken"]),
  detail: z.optional(z.string()),
});
export type PartFault = z.infer<typeof partFaultSchema>;

/** How far a part is: still to be fetched, here, not there at all, or given up. */
export const partStateSchema = z.enum(["waiting", "stored", "none", "missing"]);
export type PartState = z.infer<typeof partStateSchema>;

/**
 * A part of a final that did not come with it and is fetched from the Secretary: its result, a file that `link` of the
 * result leads to at `path` below the Secretary's address, or the archive that came along and is still checked.
 * `since` is when its fetching began.
 */
export const partSchema = z.object({
  name: z.string(),
  kind: z.enum(["result", "file", "archive"]),
  link: z.optional(z.string()),
  path: z.optional(z.string()),
  state: partStateSchema,
  since: z.iso.datetime(),
  fault: z.optional(partFaultSchema),
});
export type Part = z.infer<typeof partSchema>;

/** What a person sees of a part. */
export const shownPartSchema = z.pick(partSchema, { name: true, kind: true, state: true, fault: true });
