import type { ErrorBody } from "#app/contract/http.ts";

/** A JSON error answer. `message` says what is wrong, where, and what to do; it never carries a secret. */
export function errorAnswer(
  status: number,
  code: string,
  message: string,
  more: { field?: string; headers?: HeadersInit } = {},
): Response {
  const { field, headers } = more;
  const body: ErrorBody = { error: { code, message, ...(field === undefined ? {} : { field }) } };
  return Response.json(body, { status, ...(headers === undefined ? {} : { headers }) });
}

/** 405: the method is not one of those the resource has. */
export function methodNotAllowed(allow: string): Response {
  return errorAnswer(405, "method_not_allowed", `this address takes ${allow}`, { headers: { Allow: allow } });
}

/** 404 for a job the user does not have; somebody else's job is as unknown as none. */
export function noSuchJob(): Response {
  return errorAnswer(404, "not_found", "you have no such job: GET /api/external/jobs lists them");
}

/** 404 for an address that nothing answers. */
export function unknownRoute({ request }: { request: Request }): Response {
  const { pathname } = new URL(request.url);
  return errorAnswer(404, "unknown_route", `nothing answers ${pathname}: jobs are at /api/external/jobs`);
}

/** 413 with the limit in force. The connection is closed: what is still on the way is not read. */
export function tooLarge(limit: number): Response {
  const message = `the body is larger than the ${limit} bytes taken here`;
  return errorAnswer(413, "too_large", message, { headers: { Connection: "close" } });
}

/** 429 to an address that has shown too much that is not good. */
export function failsTooOften(seconds: number): Response {
  const message =
    "this address has shown too many tokens or signatures that are not good: send the callback_token of the job";
  return errorAnswer(429, "fails_too_often", message, { headers: { "Retry-After": String(seconds) } });
}
