import { openApiDocument } from "#app/contract/openapi/document.ts";
import { requireUser } from "#app/server/http/require-user.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import { answering } from "#app/server/http/answering.server.ts";
import { version } from "#app/server/version.server.ts";
import type { Route } from "./+types/openapi.ts";

const description = JSON.stringify(openApiDocument({ version }));

/** What every JSON route takes and answers, for programs. */
export function loader({ request, context }: Route.LoaderArgs): Promise<Response> {
  return answering(async () => {
    await requireUser(request, context.get(servicesContext));
    return new Response(description, { headers: { "Content-Type": "application/json" } });
  });
}
