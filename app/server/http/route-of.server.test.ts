import { expect, it } from "vitest";
import routes from "#app/routes.ts";
import { createRouteOf } from "./route-of.server.ts";

const ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

/** As the build has them: those of a layout beside the others. */
const routeOf = createRouteOf(routes.flatMap((route) => route.children ?? route));

it.each([
  ["/", "/"],
  ["/?lang=de", "/"],
  ["/api/external/jobs", "/api/external/jobs"],
  ["/api/external/jobs/?page=2", "/api/external/jobs"],
  ["/api/external/jobs/stream?after=k3x.7", "/api/external/jobs/stream"],
  ["/api/external/jobs/%7BjobId%7D", "/api/external/jobs/:jobId"],
  ["/api/external/jobs/anna@example.org", "/api/external/jobs/:jobId"],
  ["/api/external/jobs/x/artifacts/Rechnung%20Meier.pdf", "/api/external/jobs/:jobId/artifacts/:name"],
  ["/api/external/jobs/x/nothing/here", "/api/external/jobs/:jobId/*"],
  ["/api/elsewhere", "/api/*"],
  ["/healthz", "/healthz"],
  ["/assets/home-1.js", "static file"],
  ["/wp-login.php", "static file"],
  ["//", "/"],
])("%s belongs to %s, and names no job of ours", (url, route) => {
  expect(routeOf(url)).toEqual({ route });
});

it.each([
  [`/api/external/jobs/${ID}`, "/api/external/jobs/:jobId"],
  [`/api/external/jobs/${ID}/?x=1`, "/api/external/jobs/:jobId"],
  [`/api/external/jobs/${ID}/cancel`, "/api/external/jobs/:jobId/cancel"],
  [`/api/external/jobs/${ID}/${ID}`, "/api/external/jobs/:jobId/*"],
])("%s belongs to %s, and names its job", (url, route) => {
  expect(routeOf(url)).toEqual({ route, jobId: ID });
});
