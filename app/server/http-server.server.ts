import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { createRequestListener } from "@react-router/node";
import { RouterContextProvider, type ServerBuild } from "react-router";
import sirv from "sirv";
import type { Log } from "./log.server.ts";
import { servicesContext } from "./services-context.server.ts";
import type { Services } from "./services.server.ts";

const LOCAL_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);
const YEAR_SECONDS = 31_536_000;

export type HttpServerOptions = {
  build: ServerBuild;
  /** The folder of the built browser files. */
  clientDir: string;
  services: Services;
  log: Log;
};

/**
 * The HTTP side of the process: one log line per request, refusal of foreign hosts (local mode has no sign-in, so a
 * page elsewhere must not reach it by a name of its own), static files, then the routes.
 */
export function createHttpServer({ build, clientDir, services, log }: HttpServerOptions): Server {
  const assets = sirv(join(clientDir, "assets"), { immutable: true, maxAge: YEAR_SECONDS });
  const files = sirv(clientDir, { etag: true });
  const routes = createRequestListener({
    build,
    getLoadContext: () => new RouterContextProvider(new Map([[servicesContext, services]])),
  });

  return createServer((request, response) => {
    logWhenDone(request, response, log);
    if (!isLocalHost(request.headers.host)) return refuseHost(response);
    const path = request.url ?? "/";
    const next = (): void => void routes(request, response);
    if (path.startsWith("/api/")) return next();
    if (!path.startsWith("/assets/")) return files(request, response, next);
    request.url = path.slice("/assets".length);
    assets(request, response, () => {
      request.url = path;
      next();
    });
  });
}

function isLocalHost(host: string | undefined): boolean {
  return LOCAL_HOSTS.has((host ?? "").replace(/:\d+$/, "").toLowerCase());
}

function refuseHost(response: ServerResponse): void {
  const message =
    "without sign-in jobmon answers only to localhost, 127.0.0.1 and [::1]: use one of these addresses";
  const answer = { error: { code: "foreign_host", message } };
  response.writeHead(403, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
}

function logWhenDone(request: IncomingMessage, response: ServerResponse, log: Log): void {
  const startedAt = performance.now();
  const { method, url } = request;
  response.once("close", () => {
    const ms = Math.round(performance.now() - startedAt);
    log.info({ method, path: loggedPath(url), status: response.statusCode, ms }, "request");
  });
}

/** Without the query, and without what may be a callback token that somebody put into the address. */
function loggedPath(url = "/"): string | undefined {
  return url.split("?", 1)[0]?.replace(/[\w-]{43,}/g, "[redacted]");
}
