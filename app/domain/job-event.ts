import type { CallbackReport } from "#app/contract/callback/report.ts";

/** A fact about one job, in the past tense. `at` is the instant it happened, RFC 3339 in UTC. */
export type JobEvent =
  | { type: "callback_received"; at: string; report: CallbackReport }
  | { type: "cancel_requested"; at: string }
  | { type: "silence_exceeded"; at: string };

/** Why a callback changed nothing; it is answered 200 all the same. */
export type IgnoredReason = "after_final" | "duplicate" | "out_of_order";
