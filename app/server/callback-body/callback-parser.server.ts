import { defined } from "#app/contract/defined.ts";
import type { CallbackWorker } from "./callback-worker-pool.server.ts";
import { type ParsedCallback, parseCallback } from "./parse-callback.server.ts";

/** A body up to this is parsed faster here than it is handed over. */
const INLINE_BYTES = 64 * 1024;

/** Reads a callback's bytes, which must not be used any more. The token is the one it came with. */
export type ParseCallback = (bytes: Uint8Array, token: string | undefined) => Promise<ParsedCallback>;

/** Small bodies at once, large ones in the worker, so that no body holds up other requests. */
export function createCallbackParser(options: {
  worker: CallbackWorker;
  secretaryUrl?: string | undefined;
  /** The key of the Secretary, hidden like the token should it be in a body. */
  secretaryKey?: string | undefined;
}): ParseCallback {
  const { worker, secretaryUrl, secretaryKey } = options;
  return async (bytes, token) => {
    const secrets = [token, secretaryKey].flatMap((secret) => secret || []);
    const parseOptions = { secrets, ...defined({ secretaryUrl }) };
    if (bytes.byteLength <= INLINE_BYTES) return parseCallback(bytes, parseOptions);
    return worker.parse({ bytes, options: parseOptions });
  };
}
