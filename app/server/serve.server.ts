import type { Server } from "node:http";
import { type AddressInfo, BlockList } from "node:net";
import { fileURLToPath } from "node:url";
import * as routes from "virtual:react-router/server-build";
import { type Env, EnvError, loadEnvFile, parseOrigins, readEnv, type ServeFlags } from "./env.server.ts";
import { createHttpServer } from "#app/server/http/http-server.server.ts";
import { createLog } from "./log.server.ts";
import { MongoStartError } from "./mongo/mongo-start-error.ts";
import { DataFolderError } from "./repository/data-folder-error.ts";
import { createClientOf, parseNetworks } from "./security/client-of.server.ts";
import { createServices, type Services } from "./services.server.ts";
import { signInHosts } from "./sign-in/sign-in-hosts.server.ts";
import { stoppable } from "#app/server/http/stoppable.server.ts";

export { audit } from "#app/server/storage/audit-storage.server.ts";
export { migrate } from "#app/server/storage/migrate.server.ts";
export { restored } from "#app/server/storage/restored-storage.server.ts";

/** What the bundler made of `app/routes.ts`; of its optional members we use none. */
const { basename: _, allowedActionOrigins: __, unstable_getCriticalCss: ___, ...build } = routes;

/**
 * A connection on which nothing moves for so long is closed: its other end is gone or takes nothing. Longer than a
 * heartbeat, and than a body may stand still.
 */
const DEAD_SOCKET_MS = 90_000;

/**
 * Runs the server until SIGTERM or SIGINT. Resolves with the exit code: 0 after an orderly end, 2 when the
 * environment, the data folder or MongoDB cannot be used, 1 when the port cannot; the reason is one sentence on stderr.
 * A second signal ends at once.
 */
export async function serve(flags: ServeFlags): Promise<number> {
  let services: Services | undefined;
  try {
    loadEnvFile();
    const env = readEnv(flags);
    const log = createLog(env.LOG_LEVEL);
    services = await createServices({ env, log });
    const clientDir = fileURLToPath(new URL("../client", import.meta.url));
    const server = createHttpServer({
      build,
      clientDir,
      services,
      log,
      headMs: env.BODY_STALL_SECONDS * 1000,
      clientOf: createClientOf(parseNetworks(env.TRUSTED_PROXIES ?? "") ?? new BlockList()),
      allowedOrigins: new Set(parseOrigins(env.JOBMON_ALLOWED_ORIGINS ?? "")),
      frameAncestors: env.JOBMON_FRAME_ANCESTORS,
      pageHosts: signInHosts(env),
    });
    server.setTimeout(DEAD_SOCKET_MS);
    const stop = stoppable(server);
    await listen(server, env);
    const { address, family, port } = server.address() as AddressInfo;
    process.stdout.write(
      `jobmon listening on http://${family === "IPv6" ? `[${address}]` : address}:${port}\n`,
    );
    await signalled();
    // Streams end first: the server would wait for them for ever (delivery: trap 5).
    services.drain(env.DRAIN_SECONDS * 1000);
    await stop(env.DRAIN_SECONDS * 1000);
    await services.close();
    return 0;
  } catch (error) {
    await services?.close();
    if (!isForOperator(error)) throw error;
    process.stderr.write(`jobmon: ${error.message}\n`);
    return error instanceof PortError ? 1 : 2;
  }
}

/** A fault of the configuration or the surroundings, told in a sentence. */
function isForOperator(error: unknown): error is Error {
  return [EnvError, DataFolderError, MongoStartError, PortError].some((Kind) => error instanceof Kind);
}

/** The address cannot be listened on; the message says what to do. */
class PortError extends Error {}

function listen(server: Server, { HOST, PORT }: Env): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "is in use" : `cannot be listened on (${error.code})`;
      reject(
        new PortError(`port ${PORT} on ${HOST} ${reason}: choose another with --port N, or 0 for a free one`),
      );
    });
    server.listen(PORT, HOST, resolve);
  });
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    let count = 0;
    const take = (): void => {
      if (count++ === 0) resolve();
      else process.exit(1);
    };
    process.on("SIGTERM", take).on("SIGINT", take);
  });
}
