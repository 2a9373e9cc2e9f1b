import type { z } from "#app/contract/zod.ts";

/** What is wrong with something that was sent: the field to look at and a sentence for whoever sent it. */
export type Fault = { field: string; message: string };

/** The first fault a schema found; `whole` names what was sent where it is no single field. */
export function firstFault(error: z.ZodError, whole: string): Fault {
  const [issue] = error.issues;
  return { field: issue?.path.join(".") || whole, message: issue?.message ?? "invalid" };
}
