import { answering } from "#app/server/http/answering.server.ts";
import { errorAnswer, methodNotAllowed, noSuchJob } from "#app/server/http/answers.server.ts";
import { otherMethods } from "#app/server/http/other-methods.server.ts";
import { readJson } from "#app/server/http/read-json.server.ts";
import { requireUser } from "#app/server/http/require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/api.jobs.$jobId.token.ts";

/** `POST`: a new callback token for a job that has not ended; the old ones are good for a while yet. */
export function action({ request, context, params }: Route.ActionArgs): Promise<Response> {
  return answering(async () => {
    const services = context.get(servicesContext);
    const user = await requireUser(request, services);
    if (request.method !== "POST") return methodNotAllowed("POST");
    const rotation = await services.rotateToken(user, params.jobId, await readJson(request, services));
    switch (rotation.kind) {
      case "rotated":
        return Response.json(rotation.rotated, { status: 201 });
      case "invalid": {
        const { field, message } = rotation;
        return errorAnswer(422, "invalid_rotation", `${field}: ${message}`, { field });
      }
      case "ended": {
        const message = `this job is ${rotation.job.status}: nobody reports it any more`;
        return errorAnswer(409, "already_final", message);
      }
      case "not_found":
        return noSuchJob();
    }
  });
}

/** Anything but `POST`. */
export const loader = otherMethods("POST");
