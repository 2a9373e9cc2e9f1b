import { answering } from "#app/server/http/answering.server.ts";
import { requireOperator } from "#app/server/http/require-operator.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/metrics.ts";

/** What the process measures, as Prometheus text. */
export function loader({ request, context }: Route.LoaderArgs): Promise<Response> {
  return answering(async () => {
    const services = context.get(servicesContext);
    requireOperator(request, services);
    const { metrics } = services;
    return new Response(await metrics.text(), { headers: { "Content-Type": metrics.contentType } });
  });
}
