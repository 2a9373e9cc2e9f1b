import { defined } from "#app/contract/defined.ts";
import { endWithParent } from "../end-with-parent.ts";
import { loadServer } from "./load-server.ts";
import type { ServeInvocation } from "./serve.command.ts";

/**
 * `jobmon serve`: runs the built server until a signal, and gives back its exit code. It prints its own start and its
 * own failures.
 */
export async function serve({ io, pkg, given }: ServeInvocation): Promise<number> {
  const server = await loadServer({ server: pkg.server, locale: io.environment.locale });
  const { port, host, dataDir } = given;
  endWithParent();
  return server.serve(defined({ port, host, dataDir }));
}
