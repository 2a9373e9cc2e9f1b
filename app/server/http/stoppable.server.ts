import type { Server } from "node:http";
import type { Socket } from "node:net";

const LOOK_EVERY_MS = 50;

/**
 * Makes a server one that can be stopped: the returned function stops listening, lets what is under way finish for
 * `drainMs`, and resolves when no connection is left. Connections that are kept alive are closed as they turn idle,
 * and at once those that never asked anything (browsers open some in advance), which Node counts as busy.
 */
export function stoppable(server: Server): (drainMs: number) => Promise<void> {
  const unused = new Set<Socket>();
  server.on("connection", (socket) => {
    unused.add(socket);
    socket.once("close", () => unused.delete(socket));
  });
  server.on("request", ({ socket }) => unused.delete(socket));

  return async (drainMs) => {
    const closed = new Promise((resolve) => server.close(resolve));
    const look = (): void => {
      server.closeIdleConnections();
      for (const socket of unused) socket.destroy();
    };
    look();
    const looking = setInterval(look, LOOK_EVERY_MS);
    const late = setTimeout(() => server.closeAllConnections(), drainMs);
    await closed;
    clearInterval(looking);
    clearTimeout(late);
  };
}
