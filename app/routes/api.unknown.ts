import { errorAnswer } from "#app/server/answers.server.ts";
import type { Route } from "./+types/api.unknown.ts";

function unknownRoute({ request }: Route.LoaderArgs | Route.ActionArgs): Response {
  const { pathname } = new URL(request.url);
  const message = `nothing answers ${pathname}: jobs are at /api/external/jobs`;
  return errorAnswer(404, "unknown_route", message);
}

/** Any address below `/api` that no other route knows. */
export const loader = unknownRoute;
export const action = unknownRoute;
