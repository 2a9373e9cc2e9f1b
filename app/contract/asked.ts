import { z } from "#app/contract/zod-mini.ts";

/** How a word of the worker reached us, where it was no callback: by our question, or on a stream we follow. */
export const sourceSchema = z.enum(["asked", "followed"]);
export type Source = z.infer<typeof sourceSchema>;

/** What the Secretary said: it is at it, how it ended, it knows no such job; or nothing that could be used. */
export const answerSchema = z.enum(["alive", "completed", "failed", "canceled", "unknown", "unreachable"]);
export type Answer = z.infer<typeof answerSchema>;

/**
 * The last question about a job. `since` is the worker's own last word, or the registration; `at` the answer; `count`
 * how often was asked since; `isDying`: the worker's last word was that of a dying job. A callback ends it.
 */
export const askedSchema = z.object({
  since: z.iso.datetime(),
  at: z.iso.datetime(),
  count: z.int().check(z.minimum(1)),
  answer: answerSchema,
  progress: z.optional(z.number().check(z.minimum(0), z.maximum(100))),
  isDying: z.optional(z.literal(true)),
});
export type Asked = z.infer<typeof askedSchema>;
