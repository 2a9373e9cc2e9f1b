import { z } from "#app/contract/zod.ts";

/**
 * Why a part is missing: larger than we keep, not ready in time, unsafe as an archive, the Secretary does not take our key
 * or cannot be asked any more, or anything else on the way. `detail` is the fault's own sentence.
 */
export const partFaultSchema = z.object({
  code: z.enum(["too_large", "not_ready", "unsafe", "refused", "broken"]),
  detail: z.string().optional(),
});
export type PartFault = z.infer<typeof partFaultSchema>;

/** How far a part is: still to be fetched, here, not there at all, or given up. */
export const partStateSchema = z.enum(["waiting", "stored", "none", "missing"]);

/**
 * A part of a final that did not come with it and is fetched from the Secretary: its result, a file that `link` of the
 * result leads to at `path` below the Secretary's address, or the archive that came along and is still checked.
 * `since` is when its fetching began.
 */
export const partSchema = z.object({
  name: z.string(),
  kind: z.enum(["result", "file", "archive"]),
  link: z.string().optional(),
  path: z.string().optional(),
  state: partStateSchema,
  since: z.iso.datetime(),
  fault: partFaultSchema.optional(),
});
export type Part = z.infer<typeof partSchema>;

/** How many of the parts are here or done with; present while some are still to be fetched. */
export const fetchingSchema = z.object({ done: z.int().min(0), total: z.int().min(1) });
