import { tooLarge } from "#app/server/answers.server.ts";
import { readBody } from "#app/server/read-body.server.ts";
import type { ParseCallback } from "./callback-parser.server.ts";
import { createMemoryBudget } from "./memory-budget.ts";
import { mayBeFinal } from "./may-be-final.ts";
import type { ParsedCallback } from "./parse-callback.server.ts";

/** How much of large bodies is in memory at once; the others wait on their connections. One may be larger, alone. */
const LARGE_BYTES_AT_ONCE = 16 * 1024 * 1024;

/** Reads and parses the body of a callback; throws the Responses of `readBody`. */
export type ReadCallback = (request: Request, token: string | undefined) => Promise<ParsedCallback>;

/**
 * Callbacks in two sizes: a body that grows beyond a progress callback's must look like a final by then, and waits for
 * its turn before more of it is read.
 */
export function createReadCallback(options: {
  parse: ParseCallback;
  progressLimit: number;
  finalLimit: number;
  stallMs: number;
}): ReadCallback {
  const { parse, progressLimit, finalLimit, stallMs } = options;
  const takeMemory = createMemoryBudget(LARGE_BYTES_AT_ONCE);
  return async (request, token) => {
    let giveBack = (): void => {};
    const onLarge = {
      after: progressLimit,
      async decide(beginning: Uint8Array) {
        if (!mayBeFinal(beginning)) throw tooLarge(progressLimit);
        giveBack = await takeMemory(Number(request.headers.get("Content-Length") ?? finalLimit));
      },
    };
    try {
      return await parse(await readBody(request, { limit: finalLimit, stallMs, onLarge }), token);
    } finally {
      giveBack();
    }
  };
}
