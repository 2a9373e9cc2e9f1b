import { z } from "zod";

const event = z.object({ event: z.string(), data: z.unknown(), afterMs: z.number().optional() });

/**
 * One answer of the stand-in. `events` are sent as on the Secretary's stream, and then it is closed, left open, or the
 * connection is cut; `half` cuts it in the middle of an event. `file` is what a link names, `cutAfter` so many bytes.
 */
export const answerSchema = z.union([
  z.object({ events: z.array(event), end: z.enum(["close", "hold", "cut"]).default("close") }),
  z.object({ half: event }),
  z.object({ hang: z.literal(true) }),
  z.object({ redirect: z.string() }),
  z.object({ status: z.number(), body: z.unknown().optional() }),
  z.object({
    file: z.string().describe("base64"),
    headers: z.record(z.string(), z.string()).optional(),
    cutAfter: z.number().optional(),
  }),
]);
export type Answer = z.input<typeof answerSchema>;

/** By path: one answer per request, the last of them to every further one. */
export const scriptSchema = z.record(z.string(), z.array(answerSchema).min(1));

/** A request as the stand-in saw it. */
export const requestSchema = z.object({
  path: z.string(),
  authorization: z.string().optional(),
  at: z.number(),
});
export const requestsSchema = z.array(requestSchema);
export type SeenRequest = z.infer<typeof requestSchema>;
