import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createRequestListener } from "@remix-run/node-fetch-server";
import { createRequestHandler, RouterContextProvider, type ServerBuild } from "react-router";
import type { ErrorBody } from "#app/contract/http.ts";
import { dropRest } from "./drop-rest.server.ts";
import { writeStraightTo } from "#app/server/live/event-stream-response.server.ts";
import type { Log } from "#app/server/log.server.ts";
import { createRequestLog } from "./request-log.server.ts";
import { noteClient, noteFailure } from "./request-scope.server.ts";
import { createRouteOf } from "./route-of.server.ts";
import type { Client, ClientOf } from "#app/server/security/client-of.server.ts";
import { judgeCrossSite, sharingHeaders } from "#app/server/security/cross-site.server.ts";
import { type PagePolicy, pagePolicyContext } from "#app/server/security/page-policy-context.server.ts";
import { createStaticFiles } from "./static-files.server.ts";
import { type PageHosts, pagePolicy, securityHeaders } from "#app/server/security/security-headers.server.ts";
import { servicesContext } from "#app/server/services-context.server.ts";
import type { Services } from "#app/server/services.server.ts";

const LOCAL_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);
/** Of the line with the address and all headers together; more is answered 431. */
const MAX_HEAD_BYTES = 16 * 1024;

export type HttpServerOptions = {
  build: ServerBuild;
  /** The folder of the built browser files. */
  clientDir: string;
  services: Services;
  log: Log;
  /** How long the head of a request may take. */
  headMs: number;
  clientOf: ClientOf;
  /** Origins whose pages may read the API beside our own. */
  allowedOrigins: Set<string>;
  /** Who may frame the pages, as a source list of CSP. */
  frameAncestors: string;
  /** Other hosts that the pages need. */
  pageHosts: PageHosts;
};

/**
 * The HTTP side of the process: one log line per request, refusal of foreign hosts (local mode has no sign-in, so a
 * page elsewhere must not reach it by a name of its own), static files, then the routes.
 */
export function createHttpServer(options: HttpServerOptions): Server {
  const { build, clientDir, services, log, headMs, clientOf, allowedOrigins, frameAncestors, pageHosts } =
    options;
  const files = createStaticFiles(clientDir);
  const requestLog = createRequestLog({
    log,
    routeOf: createRouteOf(Object.values(build.routes).filter((route) => route !== undefined)),
    onAnswered: services.metrics.requestAnswered,
  });
  const handle = createRequestHandler(withErrorsNoted(build));
  const isLocalOnly = services.authenticator.mode === "local";

  /** What `@react-router/node` does, and the stream knows the answer it goes out by. */
  function routes(incoming: IncomingMessage, outgoing: ServerResponse, client: Client): void {
    const protocol = client.isSecure ? "https:" : "http:";
    const handler = async (request: Request): Promise<Response> => {
      const context = new RouterContextProvider(new Map([[servicesContext, services]]));
      const isApi = incoming.url?.startsWith("/api/") ?? false;
      if (!isApi) context.set(pagePolicyContext, newPagePolicy());
      const response = isApi ? await handle(request, context) : await answerPage(request, context);
      writeStraightTo(outgoing, response);
      return response;
    };
    const host = client.host ?? "localhost";
    createRequestListener(handler, { protocol, host, onError: (error) => void noteFailure(error) })(
      incoming,
      outgoing,
    );
  }

  /** The sign-in may have to send the browser elsewhere first. */
  function answerPage(request: Request, context: RouterContextProvider): Promise<Response> {
    const render = (): Promise<Response> => handle(request, context);
    return services.authenticator.answerPage?.({ request, context }, render) ?? render();
  }

  function newPagePolicy(): PagePolicy {
    const nonce = randomBytes(16).toString("base64");
    return { nonce, policy: pagePolicy({ nonce, frameAncestors, hosts: pageHosts }) };
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    dropRest(request, response);
    const client = clientOf(request);
    noteClient(client);
    setHeaders(response, securityHeaders(client.isSecure));
    if (isLocalOnly && !isLocalHost(client.host)) return refuseHost(response);
    const path = request.url ?? "/";
    const { method = "GET", headers } = request;
    const ownOrigin = `${client.isSecure ? "https" : "http"}://${client.host}`;
    const origin = judgeCrossSite({ method, headers, ownOrigin }, allowedOrigins);
    if (origin.kind === "refused") return refuseCrossSite(response);
    if (origin.kind === "shared") setHeaders(response, sharingHeaders(origin.origin));
    if (origin.kind === "shared" && method === "OPTIONS") return void response.writeHead(204).end();
    const next = (): void => routes(request, response, client);
    if (path.startsWith("/api/")) return next();
    files(request, response, next);
  }

  const limits = {
    maxHeaderSize: MAX_HEAD_BYTES,
    headersTimeout: headMs,
    connectionsCheckingInterval: headMs / 2,
  };
  return createServer(limits, (request, response) =>
    requestLog(request, response, () => answer(request, response)),
  );
}

function isLocalHost(host: string | undefined): boolean {
  return LOCAL_HOSTS.has((host ?? "").replace(/:\d+$/, "").toLowerCase());
}

function refuseHost(response: ServerResponse): void {
  const message =
    "without sign-in jobmon answers only to localhost, 127.0.0.1 and [::1]: use one of these addresses";
  refuse(response, "foreign_host", message);
}

function refuseCrossSite(response: ServerResponse): void {
  const message =
    "a page of another origin has sent this: send a token in Authorization, or name its origin in JOBMON_ALLOWED_ORIGINS";
  refuse(response, "cross_site", message);
}

/** Before there is a route: 403 in the form of every error, and what is on its way is not read. */
function refuse(response: ServerResponse, code: string, message: string): void {
  const answer: ErrorBody = { error: { code, message } };
  response.writeHead(403, { "Content-Type": "application/json", Connection: "close" });
  response.end(JSON.stringify(answer));
}

function setHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** What a route throws belongs to the log line of its request. */
function withErrorsNoted(build: ServerBuild): ServerBuild {
  const handleError = (error: unknown, { request }: { request: Request }): void => {
    if (!request.signal.aborted) noteFailure(error);
  };
  return { ...build, entry: { ...build.entry, module: { ...build.entry.module, handleError } } };
}
