import type { IncomingHttpHeaders } from "node:http";

/** What to do with a request as far as the page it may come from goes. */
export type CrossSite =
  /** From our own pages, from no page at all, or with a credential no page can add without being asked first. */
  | { kind: "allowed" }
  /** From a page of an allowed origin: the answer says so. */
  | { kind: "shared"; origin: string }
  /** From a page of somebody else. */
  | { kind: "refused" };

type Asked = { method: string; headers: IncomingHttpHeaders; ownOrigin: string };

const READING = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Tells whether a page of somebody else is behind a request that a browser would sign with what it holds (OWASP ASVS 5,
 * 3.5; Fetch Metadata). Following a link is allowed. A token in a header is no such thing: a page cannot send one
 * across origins before a preflight, which only `allowedOrigins` are granted.
 */
export function judgeCrossSite(
  { method, headers, ownOrigin }: Asked,
  allowedOrigins: Set<string>,
): CrossSite {
  const { origin } = headers;
  if (origin !== undefined && origin !== ownOrigin && allowedOrigins.has(origin))
    return { kind: "shared", origin };
  if (headers.authorization !== undefined || headers["x-callback-token"] !== undefined)
    return { kind: "allowed" };
  const site = headers["sec-fetch-site"];
  if (site === "same-origin") return { kind: "allowed" };
  const isReading = READING.has(method);
  if (isReading && headers["sec-fetch-mode"] === "navigate") return { kind: "allowed" };
  if (site === "cross-site" || site === "same-site") return { kind: "refused" };
  return isReading || origin === undefined || origin === ownOrigin
    ? { kind: "allowed" }
    : { kind: "refused" };
}

/** The headers that let a page of an allowed origin read an answer. Cookies are never taken from there. */
export function sharingHeaders(origin: string): Record<string, string> {
  return {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers":
      "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-Callback-Token",
    "Access-Control-Expose-Headers": "Retry-After, X-Request-Id",
    "Access-Control-Max-Age": "600",
    "Cross-Origin-Resource-Policy": "cross-origin",
    Vary: "Origin",
  };
}
