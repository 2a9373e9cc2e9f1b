import type { CancelAnswer } from "#app/contract/http.ts";
import { answering } from "#app/server/http/answering.server.ts";
import { errorAnswer, methodNotAllowed, noSuchJob } from "#app/server/http/answers.server.ts";
import { otherMethods } from "#app/server/http/other-methods.server.ts";
import { requireUser } from "#app/server/http/require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/api.jobs.$jobId.cancel.ts";

/** `POST`: the owner asks the worker to stop; the answer to its next callback tells it. */
export function action({ request, context, params }: Route.ActionArgs): Promise<Response> {
  return answering(async () => {
    const services = context.get(servicesContext);
    const user = await requireUser(request, services);
    if (request.method !== "POST") return methodNotAllowed("POST");
    const outcome = await services.cancelJob(user, params.jobId);
    switch (outcome.kind) {
      case "done": {
        const { status, revision, cancelRequested } = outcome.job;
        return Response.json({ status, revision, cancelRequested } satisfies CancelAnswer);
      }
      case "refused":
        return errorAnswer(
          409,
          "already_final",
          `this job is ${outcome.job.status}: there is nothing to cancel`,
        );
      case "not_found":
        return noSuchJob();
    }
  });
}

/** Anything but `POST`. */
export const loader = otherMethods("POST");
