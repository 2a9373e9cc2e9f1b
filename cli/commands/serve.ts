import { endWithParent } from "../end-with-parent.ts";
import { loadServer, type ServerPlace } from "./load-server.ts";

export type ServeFlags = { port?: number; host?: string; dataDir?: string };

/**
 * `jobmon serve`: runs the built server until a signal, and gives back its exit code. It prints its own start and its
 * own failures.
 */
export async function serve(flags: ServeFlags, place: ServerPlace): Promise<number> {
  const server = await loadServer(place);
  endWithParent();
  return server.serve(flags);
}
