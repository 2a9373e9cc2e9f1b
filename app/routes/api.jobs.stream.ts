import { streamQuerySchema } from "#app/contract/http.ts";
import { answering } from "#app/server/http/answering.server.ts";
import { methodNotAllowed, noSuchJob } from "#app/server/http/answers.server.ts";
import { otherMethods } from "#app/server/http/other-methods.server.ts";
import { readQuery } from "#app/server/http/read-query.server.ts";
import { requireUser } from "#app/server/http/require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/api.jobs.stream.ts";

/** `GET`: the live stream as Server-Sent Events, resumed after `Last-Event-ID`, else after `?after=`. */
export function loader({ request, context }: Route.LoaderArgs): Promise<Response> {
  return answering(async () => {
    const services = context.get(servicesContext);
    const user = await requireUser(request, services);
    if (request.method !== "GET") return methodNotAllowed("GET");
    const { after, job, logFrom } = readQuery(request, streamQuerySchema);
    if (job !== undefined && !(await services.knowsJob(user, job))) return noSuchJob();
    return services.openStream({
      ...user,
      after: request.headers.get("Last-Event-ID") ?? after,
      follow: job === undefined ? undefined : { jobId: job, logFrom },
    });
  });
}

/** Anything but `GET`. */
export const action = otherMethods("GET");
