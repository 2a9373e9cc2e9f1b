import { ApiError } from "#app/client/jobs-api.ts";
import type { Attempt } from "./post.ts";

/** An attempt that was not answered, as the failure every other command knows how to explain. */
export function failedAttempt(outcome: Exclude<Attempt<unknown>, { kind: "answered" }>): ApiError {
  if (outcome.kind === "refused" && outcome.message === "notJobmon")
    return new ApiError(outcome.status, "unexpected_answer", outcome.message);
  if (outcome.kind === "refused") return new ApiError(outcome.status, "refused", outcome.message);
  const [, status = "0"] = /^(\d{3}) /.exec(outcome.reason) ?? [];
  return new ApiError(Number(status), "unanswered", outcome.reason);
}
