import { detailQuerySchema } from "#app/contract/http.ts";
import { answerCallback } from "#app/server/answer-callback.server.ts";
import { answering } from "#app/server/answering.server.ts";
import { errorAnswer, methodNotAllowed } from "#app/server/answers.server.ts";
import { readQuery } from "#app/server/read-query.server.ts";
import { requireUser } from "#app/server/require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/api.jobs.$jobId.ts";

/** `GET`: one job with its last log lines. Somebody else's job is as unknown as none. */
export function loader({ request, context, params }: Route.LoaderArgs): Promise<Response> {
  return answering(async () => {
    const services = context.get(servicesContext);
    const user = await requireUser(request, services);
    const { limit } = readQuery(request, detailQuerySchema);
    const detail = await services.jobDetail(user, params.jobId, limit);
    if (detail !== undefined) return Response.json(detail);
    return errorAnswer(404, "not_found", "you have no such job: GET /api/external/jobs lists them");
  });
}

/** `POST`: the callback of a worker, authorised by the job's own token. */
export function action({ request, context, params }: Route.ActionArgs): Promise<Response> {
  return answering(async () => {
    if (request.method !== "POST") return methodNotAllowed("GET, POST");
    return answerCallback(request, context.get(servicesContext), params.jobId);
  });
}
