import { unknownRoute } from "#app/server/answers.server.ts";

/** Any address below `/api` that no other route knows. */
export const loader = unknownRoute;
export const action = unknownRoute;
