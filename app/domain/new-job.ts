import { defined } from "#app/contract/defined.ts";
import type { RegisterRequest } from "#app/contract/http.ts";
import type { Job, UsualTime } from "#app/contract/job.ts";
import { cleanText } from "./clean-text.ts";

/** A job as it is registered: waiting, nothing known of its progress. Identity, clock and what is `known` beside it come in. */
export function newJob(
  request: RegisterRequest,
  identity: { jobId: string; userEmail: string; at: string },
  known: { usual?: UsualTime | undefined; checkAfterSeconds?: number | undefined } = {},
): Job {
  const { kind, stallAfterSeconds, timeoutSeconds, correlation, processId, follow } = request;
  return {
    jobId: identity.jobId,
    userEmail: identity.userEmail,
    // A title is one line wherever it is shown.
    title: cleanText(request.title.replaceAll(/\s+/g, " "), 300),
    status: "queued",
    createdAt: identity.at,
    updatedAt: identity.at,
    revision: 0,
    logCount: 0,
    cancelRequested: false,
    stallAfterSeconds,
    timeoutSeconds,
    ...defined({ kind, correlation, processId, follow, ...known }),
  };
}
