import { tooLarge } from "#app/server/http/answers.server.ts";
import { isSigned } from "#app/server/callback/callback-signature.server.ts";
import { readBody } from "#app/server/http/read-body.server.ts";
import type { ParseCallback } from "./callback-parser.server.ts";
import { createMemoryBudget } from "./memory-budget.ts";
import { mayBeFinal } from "./may-be-final.ts";
import type { ParsedCallback } from "./parse-callback.server.ts";

/** How much of large bodies is in memory at once; beyond it all but two wait on their connections. */
const LARGE_BYTES_AT_ONCE = 8 * 1024 * 1024;

/** The job asks for signed callbacks, and this one is not, or not by its secret. */
export type Unsigned = { kind: "unsigned" };

/** Reads a callback's body, checks its signature where there is a secret, and parses it; throws the Responses of `readBody`. */
export type ReadCallback = (
  request: Request,
  token: string | undefined,
  signingSecret?: string,
) => Promise<ParsedCallback | Unsigned>;

/**
 * Callbacks in two sizes: a body that grows beyond a progress callback's must look like a final by then, and is read
 * on as there is memory for it.
 */
export function createReadCallback(options: {
  parse: ParseCallback;
  progressLimit: number;
  finalLimit: number;
  stallMs: number;
  clock: () => number;
}): ReadCallback {
  const { parse, progressLimit, finalLimit, stallMs, clock } = options;
  const openShare = createMemoryBudget(LARGE_BYTES_AT_ONCE);
  return async (request, token, secret) => {
    const { grow, release } = openShare();
    const onLarge = {
      after: progressLimit,
      decide(beginning: Uint8Array) {
        if (!mayBeFinal(beginning.subarray(0, progressLimit))) throw tooLarge(progressLimit);
      },
      grow,
    };
    try {
      const body = await readBody(request, { limit: finalLimit, stallMs, onLarge });
      if (secret !== undefined && !isSigned({ secret, headers: request.headers, body, now: clock() }))
        return { kind: "unsigned" };
      return await parse(body, token);
    } finally {
      release();
    }
  };
}
