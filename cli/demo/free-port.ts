import { once } from "node:events";
import { createServer } from "node:net";

/** The port if nobody listens on it, else 0, which stands for any free one. */
export async function portOrFree(port: number): Promise<number> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return port;
  } catch {
    return 0;
  } finally {
    server.close();
  }
}
