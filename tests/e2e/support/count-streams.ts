import { once } from "node:events";
import { createServer, request as forward, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type CountedServer = {
  url: string;
  /** How many streams of the whole list are open, and how many of a single job. */
  lists(): number;
  followed(): number;
  /** Ends every open stream. */
  cut(): void;
} & AsyncDisposable;

/** Stands in front of a server, passes everything on over HTTP/1.1 and counts the streams that are open through it. */
export async function countStreams(target: string): Promise<CountedServer> {
  const [lists, followed] = [new Set<ServerResponse>(), new Set<ServerResponse>()];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", target);
    const { method = "GET", headers } = request;
    const onward = forward(url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.once("error", () => response.destroy());
    });
    onward.once("error", () => response.destroy());
    request.pipe(onward);
    response.once("close", () => onward.destroy());
    if (!url.pathname.endsWith("/stream")) return;
    const open = url.searchParams.has("job") ? followed : lists;
    open.add(response);
    response.once("close", () => open.delete(response));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    lists: () => lists.size,
    followed: () => followed.size,
    cut() {
      for (const response of [...lists, ...followed]) response.destroy();
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
