import { once } from "node:events";
import { createServer } from "node:net";

/** Below the range from which a system takes ports by itself, for port 0 and for the near end of every connection. */
const [FIRST, EACH, WORKERS] = [15_000, 1_000, 16];
const worker = Number(process.env.VITEST_POOL_ID ?? process.pid) % WORKERS;
let next = Math.floor(Math.random() * EACH);

/**
 * A port of this machine on which nobody listens, for programs that cannot be asked which one they took, or that are to
 * have the same again. Nobody gets it by chance meanwhile: test files that run beside this one have ports of their own.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    next = (next + 1) % EACH;
    const port = FIRST + worker * EACH + next;
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, "127.0.0.1"), "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
