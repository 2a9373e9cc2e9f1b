import { errorAnswer } from "./answers.server.ts";
import { readBearer } from "#app/server/callback/callback-token.server.ts";
import type { Services } from "#app/server/services.server.ts";

/** Lets whoever runs the server pass: in local mode everybody, else who sends a token of JOBMON_METRICS_TOKEN. Throws 401. */
export function requireOperator(
  request: Request,
  { authenticator, metricsTokens }: Pick<Services, "authenticator" | "metricsTokens">,
): void {
  if (authenticator.mode === "local" || metricsTokens.has(readBearer(request.headers))) return;
  const message = "send a token of JOBMON_METRICS_TOKEN as Authorization: Bearer";
  throw errorAnswer(401, "unauthorized", message, { headers: { "WWW-Authenticate": "Bearer" } });
}
