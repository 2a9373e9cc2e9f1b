import type { ReadyAnswer } from "#app/contract/operator.ts";
import { errorAnswer } from "#app/server/http/answers.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Route } from "./+types/readyz.ts";

/** Ready: repository and bus answer. 503 names what does not; why is in the log. */
export async function loader({ context }: Route.LoaderArgs): Promise<Response> {
  const { isReady, parts } = await context.get(servicesContext).readiness();
  if (isReady) return Response.json({ status: "ready", parts } satisfies ReadyAnswer);
  const reasons = Object.entries(parts).filter(([, state]) => state !== "ok");
  const message = reasons.map(([part, state]) => `${part} is ${state}`).join(", ");
  return errorAnswer(503, "not_ready", message);
}
