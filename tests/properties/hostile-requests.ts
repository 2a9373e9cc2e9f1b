import * as fc from "fast-check";
import { hostileBody } from "./hostile-bodies.ts";

/** A request as it is put on the wire; `%JOB%` and `%TOKEN%` stand for a job there is. */
export type HostileRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Uint8Array | string | undefined;
};

const METHODS = ["GET", "POST", "DELETE", "HEAD", "PUT", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "MOVE"];

/** Every address of `app/routes.ts`, and some that nobody answers. */
const ROUTES = [
  "/",
  "/jobs/%JOB%",
  "/dev/gallery",
  "/sign-in",
  "/_root.data",
  "/jobs/%JOB%.data",
  "/api/external/me",
  "/api/external/jobs",
  "/api/external/jobs/stream",
  "/api/external/jobs/%JOB%",
  "/api/external/jobs/%JOB%/cancel",
  "/api/external/jobs/%JOB%/token",
  "/api/external/jobs/%JOB%/result",
  "/api/external/jobs/%JOB%/artifacts/images.zip",
  "/api/external/jobs/%JOB%/%JOB%",
  "/api/nothing",
  "/healthz",
  "/readyz",
  "/metrics",
  "/openapi.json",
  "/assets/index.js",
  "/favicon.ico",
];

/** Pieces that have opened something somewhere. */
const PIECES = [
  "..",
  "%2e%2e",
  "..%2f..%2f..%2fetc%2fpasswd",
  "%00",
  "%",
  "%zz",
  "%c0%ae",
  "%E0%A4%A",
  "{jobId}",
  "%7BjobId%7D",
  "__proto__",
  "constructor",
  "$where",
  "'%20OR%201=1--",
  ";",
  "//",
  "\\..\\",
  "<script>",
  "%0d%0aSet-Cookie:%20a=b",
  "a".repeat(3_000),
];
const QUERIES = [
  "page=0",
  "page=1e99",
  "limit=51",
  "limit=-1",
  "cursor=%00",
  "cursor=eyJ9",
  `cursor=${"A".repeat(5_000)}`,
  "status=nothing",
  "status=running&status=failed",
  "status[$ne]=running",
  `q=${"(a+)+".repeat(30)}`,
  "q=%25_%5C*",
  "q[]=1",
  "after=x.y",
  "after=0.-1",
  "after=a.99999999999999999999999999",
  "job=%JOB%&logFrom=-1",
  "job=__proto__",
  "deliveries=51",
  "panel=open&job=%3Cimg%20onerror=alert(1)%3E",
  "__proto__[polluted]=1",
];

const word = fc.oneof(
  fc.constantFrom("Bearer %TOKEN%", "Bearer ", "Basic Zm9v", "bearer\tx", "Bearer a b", "application/json"),
  fc.constantFrom(
    "text/html",
    "multipart/form-data",
    "application/json; charset=utf-16",
    "gzip",
    "*",
    "null",
  ),
  fc.stringMatching(/^[\x20-\x7e]{0,40}$/),
  fc.constant("x".repeat(6_000)),
);
const headerName = fc.constantFrom(
  "Authorization",
  "X-Callback-Token",
  "Content-Type",
  "Content-Encoding",
  "Idempotency-Key",
  "webhook-id",
  "Last-Event-ID",
  "Accept-Language",
  "Cookie",
  "Origin",
  "Sec-Fetch-Site",
  "X-Forwarded-For",
  "X-Forwarded-Host",
  "X-Forwarded-Proto",
  "X-HTTP-Method-Override",
  "Range",
  "If-None-Match",
  "Accept-Encoding",
);

const path = fc
  .tuple(
    fc.constantFrom(...ROUTES),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 2 }),
    fc.array(fc.constantFrom(...QUERIES), { maxLength: 3 }),
  )
  .map(([route, pieces, queries]) => {
    const address = [route, ...pieces].join("/");
    return queries.length === 0 ? address : `${address}?${queries.join("&")}`;
  });

const withToken = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constant({ "X-Callback-Token": "%TOKEN%" }) },
);
const headers = fc
  .tuple(fc.dictionary(headerName, word, { maxKeys: 4 }), withToken)
  .map(([made, token]) => ({ "Content-Type": "application/json", ...made, ...token }));

export const hostileRequest: fc.Arbitrary<HostileRequest> = fc.record({
  method: fc.constantFrom(...METHODS),
  path,
  headers,
  body: fc.option(fc.oneof(hostileBody, fc.string({ maxLength: 200 })), { nil: undefined }),
});
