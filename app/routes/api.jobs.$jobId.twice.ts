import { answerCallback } from "#app/server/callback/answer-callback.server.ts";
import { answering } from "#app/server/http/answering.server.ts";
import { noRoute } from "#app/server/http/other-methods.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/api.jobs.$jobId.twice.ts";

/**
 * `POST`: a log line of a Secretary whose address ends in a slash. Its observer looks for the job at the end of the
 * address, does not find it there, and appends it once more (secretary-contract: the request).
 */
export function action({ request, context, params }: Route.ActionArgs): Promise<Response> {
  const { jobId, "*": rest } = params;
  if (request.method !== "POST" || rest.replaceAll("/", "") !== jobId) return noRoute({ request, context });
  return answering(() => answerCallback(request, context.get(servicesContext), jobId));
}

export const loader = noRoute;
