import type { FetchAnswer } from "#app/contract/http.ts";
import { answering } from "#app/server/http/answering.server.ts";
import { errorAnswer, methodNotAllowed, noSuchJob } from "#app/server/http/answers.server.ts";
import { otherMethods } from "#app/server/http/other-methods.server.ts";
import { requireUser } from "#app/server/http/require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/api.jobs.$jobId.artifacts.ts";

/** `POST`: what did not come from the Secretary is fetched once more, in the background. */
export function action({ request, context, params }: Route.ActionArgs): Promise<Response> {
  return answering(async () => {
    const services = context.get(servicesContext);
    const user = await requireUser(request, services);
    if (request.method !== "POST") return methodNotAllowed("POST");
    const outcome = await services.fetchAgain(user, params.jobId);
    if (outcome.kind === "not_found") return noSuchJob();
    const { fetching } = outcome.job;
    if (outcome.kind === "done" && fetching !== undefined) {
      return Response.json({ fetching } satisfies FetchAnswer, { status: 202 });
    }
    const message = "no file of this job is missing, or there is no Secretary to fetch it from";
    return errorAnswer(409, "nothing_to_fetch", message);
  });
}

/** Anything but `POST`. */
export const loader = otherMethods("POST");
