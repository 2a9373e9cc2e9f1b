import { tooLarge } from "#app/server/answers.server.ts";
import { readBody } from "#app/server/read-body.server.ts";
import type { ParseCallback } from "./callback-parser.server.ts";
import { mayBeFinal } from "./may-be-final.ts";
import type { ParsedCallback } from "./parse-callback.server.ts";
import { createSlots } from "./slots.ts";

/** How many large bodies are in memory at once; the others wait on their connections. */
const LARGE_AT_ONCE = 3;

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
  const takeSlot = createSlots(LARGE_AT_ONCE);
  return async (request, token) => {
    let giveBack = (): void => {};
    const onLarge = {
      after: progressLimit,
      async decide(beginning: Uint8Array) {
        if (!mayBeFinal(beginning)) throw tooLarge(progressLimit);
        giveBack = await takeSlot();
      },
    };
    try {
      return await parse(await readBody(request, { limit: finalLimit, stallMs, onLarge }), token);
    } finally {
      giveBack();
    }
  };
}
