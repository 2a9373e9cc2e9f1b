import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestListener } from "@remix-run/node-fetch-server";
import { createRequestHandler, RouterContextProvider, type ServerBuild } from "react-router";
import { createServer as createVite } from "vite";

/** `npm run dev`: the real services behind Vite, so that a saved file shows at once. Loopback only. */
const server = createHttpServer((request, response) => {
  vite.middlewares(request, response, () => void routes(request, response));
});
const vite = await createVite({ server: { middlewareMode: true, hmr: { server } } });

async function load<Module>(id: string): Promise<Module> {
  return (await vite.ssrLoadModule(id)) as Module;
}

const { readEnv } = await load<typeof import("#app/server/env.server.ts")>("/app/server/env.server.ts");
const { createLog } = await load<typeof import("#app/server/log.server.ts")>("/app/server/log.server.ts");
const { createServices } = await load<typeof import("#app/server/services.server.ts")>(
  "/app/server/services.server.ts",
);

const env = readEnv({});
const services = await createServices({ env, log: createLog(env.LOG_LEVEL) });
const routes = createRequestListener(async (request) => {
  const { servicesContext } = await load<typeof import("#app/server/services-context.server.ts")>(
    "/app/server/services-context.server.ts",
  );
  const handle = createRequestHandler(
    await load<ServerBuild>("virtual:react-router/server-build"),
    "development",
  );
  const context = new RouterContextProvider(new Map([[servicesContext, services]]));
  const answer = (): Promise<Response> => handle(request, context);
  return services.authenticator.answerPage?.({ request, context }, answer) ?? answer();
});
server.listen(env.PORT, env.HOST, () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`jobmon (development) listening on http://${env.HOST}:${port}\n`);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void Promise.all([services.close(), vite.close()]).then(() => process.exit(0)));
}
