import { z } from "zod";

const endSchema = z.record(z.string(), z.unknown());

/** A recorded dialogue: one job as a worker reports it (tests/fixtures/callbacks/README.md). */
export const scriptSchema = z.strictObject({
  title: z.string(),
  kind: z.string().optional(),
  describes: z.string(),
  registration: z
    .strictObject({ stallAfterSeconds: z.int().optional(), timeoutSeconds: z.int().optional() })
    .optional(),
  callbacks: z.array(
    z.strictObject({ afterMs: z.int().min(0), body: z.unknown(), expect: endSchema.optional() }),
  ),
  expectedEnd: endSchema,
  expectedLater: endSchema.optional(),
});
export type Script = z.infer<typeof scriptSchema>;

/** What the placeholders of a script stand for. */
export type ScriptIds = { jobId: string; processId: string; callbackToken: string };

/** A body with its placeholders filled in, wherever in a text they stand. */
export function fillIn(body: unknown, { jobId, processId, callbackToken }: ScriptIds): unknown {
  const values = { $JOB_ID: jobId, $PROCESS_ID: processId, $CALLBACK_TOKEN: callbackToken };
  return JSON.parse(
    Object.entries(values).reduce(
      (text, [name, value]) => text.replaceAll(name, value),
      JSON.stringify(body),
    ),
  );
}
