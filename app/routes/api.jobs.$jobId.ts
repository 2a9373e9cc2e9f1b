import { detailQuerySchema } from "#app/contract/http.ts";
import { answerCallback } from "#app/server/callback/answer-callback.server.ts";
import { answering } from "#app/server/http/answering.server.ts";
import { errorAnswer, methodNotAllowed, noSuchJob } from "#app/server/http/answers.server.ts";
import { readQuery } from "#app/server/http/read-query.server.ts";
import { requireUser } from "#app/server/http/require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { OwnerOutcome } from "#app/server/jobs/owner-actions.server.ts";
import type { Route } from "./+types/api.jobs.$jobId.ts";

const METHODS = "GET, POST, DELETE";

/** `GET`: one job with its last log lines. Somebody else's job is as unknown as none. */
export function loader({ request, context, params }: Route.LoaderArgs): Promise<Response> {
  return answering(async () => {
    const services = context.get(servicesContext);
    const user = await requireUser(request, services);
    if (request.method !== "GET") return methodNotAllowed(METHODS);
    const detail = await services.jobDetail(user, params.jobId, readQuery(request, detailQuerySchema));
    return detail === undefined ? noSuchJob() : Response.json(detail);
  });
}

/** `POST`: the callback of a worker, authorised by the job's own token. `DELETE`: its owner removes a final job. */
export function action({ request, context, params }: Route.ActionArgs): Promise<Response> {
  return answering(async () => {
    const services = context.get(servicesContext);
    if (request.method === "POST") return answerCallback(request, services, params.jobId);
    const user = await requireUser(request, services);
    if (request.method !== "DELETE") return methodNotAllowed(METHODS);
    return answerRemoval(await services.removeJob(user, params.jobId));
  });
}

function answerRemoval(outcome: OwnerOutcome): Response {
  switch (outcome.kind) {
    case "done":
      return new Response(null, { status: 204 });
    case "refused":
      return errorAnswer(
        409,
        "not_final",
        `this job is ${outcome.job.status}: cancel it first, or wait for its end`,
      );
    case "not_found":
      return noSuchJob();
  }
}
