import { listQuerySchema } from "#app/contract/http.ts";
import { answerCallback } from "#app/server/answer-callback.server.ts";
import { answerRegistration } from "#app/server/answer-registration.server.ts";
import { answering } from "#app/server/answering.server.ts";
import { methodNotAllowed } from "#app/server/answers.server.ts";
import { hasCallbackToken } from "#app/server/callback-token.server.ts";
import { readQuery } from "#app/server/read-query.server.ts";
import { requireUser } from "#app/server/require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/api.jobs.ts";

/** `GET`: a page of the user's jobs. */
export function loader({ request, context }: Route.LoaderArgs): Promise<Response> {
  return answering(async () => {
    if (request.method !== "GET") return methodNotAllowed("GET, POST");
    const services = context.get(servicesContext);
    const user = await requireUser(request, services);
    return Response.json(await services.listJobs(user, readQuery(request, listQuerySchema)));
  });
}

/** `POST`: registers a job, or with a callback token takes a callback for that token's job. */
export function action({ request, context }: Route.ActionArgs): Promise<Response> {
  return answering(async () => {
    if (request.method !== "POST") return methodNotAllowed("GET, POST");
    const services = context.get(servicesContext);
    if (hasCallbackToken(request.headers)) return answerCallback(request, services, undefined);
    return answerRegistration(request, services);
  });
}
