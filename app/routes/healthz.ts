import type { HealthAnswer } from "#app/contract/operator.ts";

/** Alive: the process answers. Whether it can do its work is said by `/readyz`. */
export function loader(): Response {
  return Response.json({ status: "ok" } satisfies HealthAnswer);
}
