import { noRoute } from "#app/server/http/other-methods.server.ts";

/** Any address below `/api` that no other route knows. */
export const loader = noRoute;
export const action = noRoute;
