/** Alive: the process answers. Says nothing of the repository; that is `/readyz`. */
export function loader(): Response {
  return Response.json({ status: "ok" });
}
