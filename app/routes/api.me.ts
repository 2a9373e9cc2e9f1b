import type { Me } from "#app/contract/http.ts";
import { answering } from "#app/server/http/answering.server.ts";
import { methodNotAllowed } from "#app/server/http/answers.server.ts";
import { otherMethods } from "#app/server/http/other-methods.server.ts";
import { requireUser } from "#app/server/http/require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/api.me.ts";

/** `GET`: who the sender of the request is here. */
export function loader({ request, context }: Route.LoaderArgs): Promise<Response> {
  return answering(async () => {
    const services = context.get(servicesContext);
    const { userEmail } = await requireUser(request, services);
    if (request.method !== "GET") return methodNotAllowed("GET");
    return Response.json({ userEmail, auth: services.authenticator.mode } satisfies Me);
  });
}

/** Anything but `GET`. */
export const action = otherMethods("GET");
