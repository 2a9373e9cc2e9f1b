import { defined } from "#app/contract/defined.ts";
import type { JobError } from "#app/contract/job.ts";
import type { CallbackBody } from "./body.ts";
import { isFields } from "#app/contract/fields.ts";
import type { CallbackReport } from "./report.ts";

type Outcome = CallbackReport["outcome"];

/** A plain worker names the end in its own words. */
const STATUS_OUTCOMES = new Map<string, Outcome>([
  ["completed", "completed"],
  ["success", "completed"],
  ["succeeded", "completed"],
  ["done", "completed"],
  ["failed", "failed"],
  ["error", "failed"],
  ["canceled", "canceled"],
  ["cancelled", "canceled"],
]);

/**
 * Whether a body is the worker's last word, and which. `phase:"failed"` is not: it is any error line, recovered
 * ones included (secretary-contract: trap 1). Data without a phase is the concept's own final.
 */
export function readOutcome(body: CallbackBody): Outcome {
  const byStatus = STATUS_OUTCOMES.get(body.status ?? "");
  if (byStatus !== undefined) return byStatus;
  if (body.phase === "completed") return "completed";
  if (body.phase === "error" || body.error) return "failed";
  const isBare = !body.phase && !body.status;
  const hasResult = isFields(body.data) && Object.keys(body.data).some((name) => name !== "progress");
  return isBare && (hasResult || body.images_archive_data) ? "completed" : undefined;
}

/** The error of a failed final. Without a usable one the message has to do. */
export function readError({ error, message }: CallbackBody): JobError {
  const fallback = message || "the worker gave no reason";
  if (!isFields(error)) return { code: "failed", message: error || fallback };
  const { code, message: text, details, ...rest } = error;
  const more = { ...(isFields(details) ? details : defined({ details: details ?? undefined })), ...rest };
  return {
    code: typeof code === "string" && code !== "" ? code : "failed",
    message: typeof text === "string" && text !== "" ? text : fallback,
    ...(Object.keys(more).length > 0 ? { details: more } : {}),
  };
}
