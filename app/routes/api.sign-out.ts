import { answering } from "#app/server/http/answering.server.ts";
import { methodNotAllowed } from "#app/server/http/answers.server.ts";
import { otherMethods } from "#app/server/http/other-methods.server.ts";
import { requireUser } from "#app/server/http/require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/api.sign-out.ts";

/** `POST`: the session is over for this server, its streams end at once. */
export function action({ request, context }: Route.ActionArgs): Promise<Response> {
  return answering(async () => {
    const services = context.get(servicesContext);
    const user = await requireUser(request, services);
    if (request.method !== "POST") return methodNotAllowed("POST");
    services.signOut(user);
    return new Response(null, { status: 204 });
  });
}

/** Anything but `POST`. */
export const loader = otherMethods("POST");
