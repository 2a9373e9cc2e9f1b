import { errorAnswer } from "#app/server/answers.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/readyz.ts";

/** Ready: repository and bus answer. 503 names what does not. */
export async function loader({ context }: Route.LoaderArgs): Promise<Response> {
  try {
    await context.get(servicesContext).checkReady();
    return Response.json({ status: "ready" });
  } catch (error) {
    return errorAnswer(503, "not_ready", error instanceof Error ? error.message : String(error));
  }
}
