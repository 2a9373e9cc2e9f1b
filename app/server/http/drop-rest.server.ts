import type { IncomingMessage, ServerResponse } from "node:http";

/** Long enough for the largest body on a slow line; whoever still sends then is cut off. */
const MAX_MS = 5_000;

/**
 * Throws away what is left of a body when its answer is out, as a refusal need not read it all: without, the next
 * request on the same connection would wait behind it. Nothing of it is kept, and it has `MAX_MS`.
 */
export function dropRest(request: IncomingMessage, response: ServerResponse): void {
  response.once("finish", () => {
    if (request.complete || request.destroyed) return;
    const cutOff = (): void => void (request.complete || request.destroy());
    const timer = setTimeout(cutOff, MAX_MS).unref();
    request.once("end", () => clearTimeout(timer));
    // Who began to read would stop it again.
    request.removeAllListeners("data").resume();
  });
}
