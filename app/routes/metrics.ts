import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/metrics.ts";

/** What the process measures, as Prometheus text. */
export async function loader({ context }: Route.LoaderArgs): Promise<Response> {
  const { metrics } = context.get(servicesContext);
  return new Response(await metrics.text(), { headers: { "Content-Type": metrics.contentType } });
}
