import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Log } from "#app/server/log.server.ts";
import { requestScope, type RequestScope } from "./request-scope.server.ts";
import type { RouteOf } from "./route-of.server.ts";

/** A request that is over; `route` is a pattern of the table, `status` is absent where nothing was answered. */
export type AnsweredRequest = { method: string; route: string; status?: number; seconds: number };

/** Runs `answer` as a request of its own, and writes its line when the connection is done with it. */
export type RequestLog = (request: IncomingMessage, response: ServerResponse, answer: () => void) => void;

/**
 * One line per request: an id of ours (never the client's), which `X-Request-Id` carries too, the pattern of the
 * route instead of the path, because a path may hold a token or the name of a person's file, and the job where it is
 * shaped like our ids. `bytes` counts what was sent, headers included; `aborted` says that it did not
 * go out whole: the client left, or, where the line has an `error`, that came half-way.
 */
export function createRequestLog(options: {
  log: Log;
  routeOf: RouteOf;
  onAnswered: (answered: AnsweredRequest) => void;
}): RequestLog {
  const { log, routeOf, onAnswered } = options;
  const counted = new WeakMap<Socket, number>();

  /** The answers of a connection go out one after the other, so what came since the last one is this one. */
  function bytesSince(socket: Socket): number {
    const before = counted.get(socket) ?? 0;
    counted.set(socket, socket.bytesWritten);
    return socket.bytesWritten - before;
  }

  return (request, response, answer) => {
    const startedAt = performance.now();
    const { method = "GET", url = "/", socket } = request;
    const scope: RequestScope = { id: randomUUID() };
    response.setHeader("X-Request-Id", scope.id);
    response.once("close", () => {
      const ms = performance.now() - startedAt;
      const { route, jobId } = routeOf(url);
      const status = response.headersSent ? response.statusCode : undefined;
      const line = {
        requestId: scope.id,
        method,
        route,
        jobId,
        status,
        ms: Math.round(ms),
        bytes: bytesSince(socket),
        aborted: response.writableFinished ? undefined : true,
      };
      const isCutOff = scope.error !== undefined && line.aborted;
      if (isCutOff || (status ?? 0) >= 500) log.error({ ...line, error: scope.error }, "request");
      else log.info(line, "request");
      onAnswered({ method, route, seconds: ms / 1000, ...(status === undefined ? {} : { status }) });
    });
    requestScope.run(scope, answer);
  };
}
