import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { createRequestListener } from "@remix-run/node-fetch-server";
import { createRequestHandler, RouterContextProvider, type ServerBuild } from "react-router";
import sirv from "sirv";
import { writeStraightTo } from "./live/event-stream-response.server.ts";
import type { Log } from "./log.server.ts";
import { createRequestLog } from "./request-log.server.ts";
import { noteFailure } from "./request-scope.server.ts";
import { createRouteOf } from "./route-of.server.ts";
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
  const requestLog = createRequestLog({
    log,
    routeOf: createRouteOf(Object.values(build.routes).filter((route) => route !== undefined)),
    onAnswered: services.metrics.requestAnswered,
  });
  const handle = createRequestHandler(withErrorsNoted(build));

  /** What `@react-router/node` does, and the stream knows the answer it goes out by. */
  function routes(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const listener = createRequestListener(async (request) => {
      const context = new RouterContextProvider(new Map([[servicesContext, services]]));
      const response = await handle(request, context);
      writeStraightTo(outgoing, response);
      return response;
    });
    listener(incoming, outgoing);
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    if (!isLocalHost(request.headers.host)) return refuseHost(response);
    const path = request.url ?? "/";
    const next = (): void => routes(request, response);
    if (path.startsWith("/api/")) return next();
    if (!path.startsWith("/assets/")) return files(request, response, next);
    request.url = path.slice("/assets".length);
    assets(request, response, () => {
      request.url = path;
      next();
    });
  }

  return createServer((request, response) => requestLog(request, response, () => answer(request, response)));
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

/** What a route throws belongs to the log line of its request. */
function withErrorsNoted(build: ServerBuild): ServerBuild {
  const handleError = (error: unknown, { request }: { request: Request }): void => {
    if (!request.signal.aborted) noteFailure(error);
  };
  return { ...build, entry: { ...build.entry, module: { ...build.entry.module, handleError } } };
}
