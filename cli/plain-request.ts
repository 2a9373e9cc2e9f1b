import { request as requestHttp, type IncomingMessage, STATUS_CODES } from "node:http";
import { text } from "node:stream/consumers";
import type { Ask } from "#app/client/jobs-api.ts";

const CONNECTED_WITHIN_MS = 10_000;

/**
 * One question and its whole answer over `node:http`, for what a command asks before its first output: `fetch` takes
 * longer to load than all the rest of the program. A redirect is left to `fetch`, which knows what may follow it where.
 */
export const plainRequest: Ask = async (url, init) => {
  const response = await send(url, init);
  const { statusCode: status = 0, headers } = response;
  if (status >= 300 && status < 400) {
    response.resume();
    return fetch(url, init);
  }
  const body = await text(response);
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText: response.statusMessage || (STATUS_CODES[status] ?? ""),
    headers: { get: (name) => headers[name.toLowerCase()]?.toString() ?? null },
    json: async () => JSON.parse(body),
  };
};

/** The head of the answer. */
async function send(url: string, init: Parameters<Ask>[1]): Promise<IncomingMessage> {
  for (;;) {
    const response = await attempt(url, init);
    if (response !== undefined) return response;
  }
}

/** Resolves with nothing where a connection was used again that is gone by now: a new one will do. */
async function attempt(
  url: string,
  { method = "GET", headers }: Parameters<Ask>[1],
): Promise<IncomingMessage | undefined> {
  const request = url.startsWith("https:") ? (await import("node:https")).request : requestHttp;
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers }, resolve);
    asked.on("socket", (socket) => {
      if (!socket.connecting) return;
      const timer = setTimeout(() => asked.destroy(new Error("no connection in time")), CONNECTED_WITHIN_MS);
      const settle = (): void => clearTimeout(timer);
      socket.once("connect", settle).once("close", settle);
    });
    asked.on("error", (error: NodeJS.ErrnoException) => {
      if (asked.reusedSocket && error.code === "ECONNRESET" && method === "GET") resolve(undefined);
      else reject(error);
    });
    asked.end();
  });
}
