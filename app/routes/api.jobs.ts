import { listQuerySchema } from "#app/contract/http.ts";
import { answerCallback } from "#app/server/callback/answer-callback.server.ts";
import { answerRegistration } from "#app/server/http/answer-registration.server.ts";
import { answering } from "#app/server/http/answering.server.ts";
import { methodNotAllowed } from "#app/server/http/answers.server.ts";
import { hasCallbackToken, readBearer } from "#app/server/callback/callback-token.server.ts";
import { readQuery } from "#app/server/http/read-query.server.ts";
import { requireUser } from "#app/server/http/require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/api.jobs.ts";

const METHODS = "GET, POST";

/** `GET`: a page of the user's jobs. */
export function loader({ request, context }: Route.LoaderArgs): Promise<Response> {
  return answering(async () => {
    const services = context.get(servicesContext);
    const user = await requireUser(request, services);
    if (request.method !== "GET") return methodNotAllowed(METHODS);
    return Response.json(await services.listJobs(user, readQuery(request, listQuerySchema)));
  });
}

/**
 * `POST`: registers a job, with a service token for the user it names; with a callback token takes a callback for that
 * token's job.
 */
export function action({ request, context }: Route.ActionArgs): Promise<Response> {
  return answering(async () => {
    const services = context.get(servicesContext);
    const isService = services.serviceTokens.has(readBearer(request.headers));
    if (request.method === "POST" && isService) return answerRegistration(request, services, "service");
    if (request.method === "POST" && hasCallbackToken(request.headers))
      return answerCallback(request, services, undefined);
    const user = await requireUser(request, services);
    if (request.method !== "POST") return methodNotAllowed(METHODS);
    return answerRegistration(request, services, user);
  });
}
