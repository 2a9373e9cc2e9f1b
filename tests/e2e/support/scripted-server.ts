import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How one request is answered. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

export type ScriptedServer = {
  url: string;
  port: number;
  /** Every request so far: method, path with query, and headers. */
  requests: { method: string; url: URL; headers: IncomingMessage["headers"] }[];
  /** How many requests have not been ended by either side. */
  open(): number;
} & AsyncDisposable;

/**
 * A server that answers its n-th request with the n-th answer, and any further one with the last: for the manners of
 * a client towards answers that no server of ours gives on demand.
 */
export async function startScriptedServer(answers: readonly Answer[], port = 0): Promise<ScriptedServer> {
  const requests: ScriptedServer["requests"] = [];
  let open = 0;
  const server = createServer((request, response) => {
    open++;
    response.once("close", () => open--);
    const answer = answers[requests.length] ?? answers.at(-1);
    const { method = "", headers } = request;
    requests.push({ method, url: new URL(request.url ?? "/", "http://localhost"), headers });
    answer?.(response, request);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const { port: listening } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${listening}`,
    port: listening,
    requests,
    open: () => open,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** An answer without a body. */
export function status(code: number, headers: Record<string, string> = {}): Answer {
  return (response) => void response.writeHead(code, headers).end();
}

/** An answer of JSON. */
export function json(body: unknown): Answer {
  return (response) => {
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  };
}

export type WireEvent = { event: string; data: unknown; id?: string };

/** A stream of these events that then stays open; `thenEnd` ends it. */
export function stream(events: readonly WireEvent[], { thenEnd = false } = {}): Answer {
  return (response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" }).flushHeaders();
    for (const { event, data, id } of events) {
      const text = typeof data === "string" ? data : JSON.stringify(data);
      response.write(`event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}data: ${text}\n\n`);
    }
    if (thenEnd) response.end();
  };
}
