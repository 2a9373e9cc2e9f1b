import type { CallbackInput, CallbackOutcome } from "./accept-callback.server.ts";
import { errorAnswer, failsTooOften, tooLarge } from "#app/server/http/answers.server.ts";
import { readCallbackToken } from "./callback-token.server.ts";
import { requestScope } from "#app/server/http/request-scope.server.ts";
import type { Services } from "#app/server/services.server.ts";

/** A Secretary that was given a placeholder leaves it in the path (secretary-contract: the request). */
const PLACEHOLDER = "{jobId}";

/** The HTTP of a callback, whichever address it came to: one service call, its outcome turned into a status. */
export async function answerCallback(
  request: Request,
  services: Services,
  pathJobId: string | undefined,
): Promise<Response> {
  const { headers } = request;
  const input: CallbackInput = {
    jobId: pathJobId === PLACEHOLDER ? undefined : pathJobId,
    token: readCallbackToken(headers),
    idempotencyKey: headers.get("Idempotency-Key") ?? headers.get("webhook-id") ?? undefined,
    read: (token, signingSecret) => services.readCallback(request, token, signingSecret),
  };
  const outcome = await services.acceptCallback(input);
  const address = requestScope.getStore()?.address ?? "";
  const waitSeconds = outcome.kind === "unauthorized" ? services.failureLimit(address) : 0;
  return waitSeconds > 0 ? failsTooOften(waitSeconds) : toResponse(outcome);
}

function toResponse(outcome: CallbackOutcome): Response {
  switch (outcome.kind) {
    case "answered":
      return Response.json(outcome.answer);
    case "unauthorized": {
      const message =
        "no job of this address takes this callback token: send the callback_token of its registration";
      return errorAnswer(401, "unauthorized", message, { headers: { "WWW-Authenticate": "Bearer" } });
    }
    case "unsigned": {
      const message =
        "this job takes signed callbacks only: sign them with its signing_secret as Standard Webhooks says, with a clock that is right";
      return errorAnswer(401, "unsigned", message, { headers: { "WWW-Authenticate": "Bearer" } });
    }
    case "removed":
      return errorAnswer(410, "removed", "the owner has removed this job: stop reporting it");
    case "malformed":
      return errorAnswer(400, "malformed_json", `the body is not JSON: ${outcome.message}`);
    case "invalid": {
      const { field, message } = outcome;
      return errorAnswer(422, "invalid_callback", `${field}: ${message}`, { field });
    }
    case "too_large":
      return tooLarge(outcome.limit);
    case "too_often": {
      const headers = { "Retry-After": String(outcome.retryAfterSeconds) };
      return errorAnswer(429, "too_often", "this job reports more than 50 times a second: report less", {
        headers,
      });
    }
  }
}
