import { z } from "#app/contract/zod.ts";

/** `GET /healthz` → 200: the process answers. */
export const healthAnswerSchema = z.object({ status: z.literal("ok") });
export type HealthAnswer = z.infer<typeof healthAnswerSchema>;

/**
 * How a part of the server is. `unreachable` and `refused` (it does not take our key) is the Secretary, without which
 * the server is ready all the same.
 */
export const partStateSchema = z.enum(["ok", "failing", "stopping", "unreachable", "refused"]);
export type PartState = z.infer<typeof partStateSchema>;

/** `GET /readyz` → 200: every part works, but for the Secretary. */
export const readyAnswerSchema = z.object({
  status: z.literal("ready"),
  parts: z.record(z.string(), partStateSchema),
});
export type ReadyAnswer = z.infer<typeof readyAnswerSchema>;
