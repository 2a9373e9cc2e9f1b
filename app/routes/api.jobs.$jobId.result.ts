import { answerDownload } from "#app/server/http/answer-download.server.ts";
import { answering } from "#app/server/http/answering.server.ts";
import { errorAnswer, methodNotAllowed } from "#app/server/http/answers.server.ts";
import { otherMethods } from "#app/server/http/other-methods.server.ts";
import { requireUser } from "#app/server/http/require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/api.jobs.$jobId.result.ts";

/** `GET`: the whole result of a job, as a JSON file. */
export function loader({ request, context, params }: Route.LoaderArgs): Promise<Response> {
  return answering(async () => {
    const services = context.get(servicesContext);
    const user = await requireUser(request, services);
    if (request.method !== "GET") return methodNotAllowed("GET");
    const file = await services.openResult(user, params.jobId);
    if (file !== undefined) return await answerDownload(file);
    return errorAnswer(404, "no_result", "you have no such job, or it has no result");
  });
}

/** Anything but `GET`. */
export const action = otherMethods("GET");
