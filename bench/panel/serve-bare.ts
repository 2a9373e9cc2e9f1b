import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createRequestListener } from "@react-router/node";
import type { ServerBuild } from "react-router";
import sirv from "sirv";

/** Where the bare page is built to; its files are in `client`. */
export const bareBuild = join(import.meta.dirname, "../../build/bench/bare-page");

/** Serves the bare page on a free port, as the product serves its own. */
export async function serveBare(): Promise<{ url: string } & AsyncDisposable> {
  const build: ServerBuild = await import(join(bareBuild, "server/index.js"));
  const files = sirv(join(bareBuild, "client"), { etag: true });
  const render = createRequestListener({ build, mode: "production" });
  const server = createServer((request, response) => {
    files(request, response, () => void render(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
