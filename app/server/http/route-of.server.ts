type Route = { path?: string | undefined; index?: boolean | undefined };

/** The pattern that answers an address, and the job it names where that is shaped like the ids we give out. */
export type RouteOf = (url: string) => { route: string; jobId?: string };

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const STATIC = "static file";

/**
 * Finds the pattern of the table of routes (`app/routes.ts`) that an address belongs to, the first that fits; what
 * fits none is a static file or nothing. The table is small and its order is that of the routes: no router is asked.
 */
export function createRouteOf(routes: readonly Route[]): RouteOf {
  const patterns = routes
    .filter(({ path, index }) => path !== undefined || index)
    .map(({ path = "" }) => ({ route: `/${path}`, fits: expressionOf(path) }));

  return (url) => {
    const path = url.split("?", 1)[0] ?? "/";
    for (const { route, fits } of patterns) {
      const match = fits.exec(path);
      if (match === null) continue;
      const jobId = match.groups?.["jobId"];
      return jobId !== undefined && UUID.test(jobId) ? { route, jobId } : { route };
    }
    return { route: STATIC };
  };
}

/** A slash at the end is accepted everywhere, so it is here. */
function expressionOf(path: string): RegExp {
  const segments = path.split("/").filter(Boolean).map(segmentOf);
  return new RegExp(`^/+${segments.join("/+")}/*$`);
}

function segmentOf(segment: string): string {
  if (segment === "*") return ".*";
  if (segment.startsWith(":")) return `(?<${segment.slice(1)}>[^/]+)`;
  return segment.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
}
