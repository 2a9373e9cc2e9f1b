import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "#app/client/connection.ts";
import { ApiError } from "#app/client/jobs-api.ts";
import { backoffMs } from "#app/client/retry.ts";

/** How long somebody goes on trying: `maxRetries` failed attempts in a row, for ever where it is undefined. */
export type Patience = {
  /**
   * Asks until there is an answer. A server that is away, overloaded or failing is asked again, every other refusal
   * and the last failure reject with ApiError.
   */
  ask<Answer>(request: () => Promise<Answer>): Promise<Answer>;
  /** Whether a stream has failed once too often in a row. */
  isOver(connection: Connection): boolean;
};

export function createPatience(options: {
  maxRetries: number | undefined;
  aborted: AbortSignal;
  /** Called before each wait, with the instant of the next attempt. */
  onRetry: (wait: { retryAt: number }) => void;
  /** Called after each answer. */
  onAnswer: () => void;
  now: () => number;
  random?: () => number;
  /** Waits so many milliseconds; rejects when it is aborted. */
  wait?: (ms: number, aborted: AbortSignal) => Promise<void>;
}): Patience {
  const { maxRetries = Infinity, aborted, onRetry, onAnswer, now } = options;
  const { random = Math.random, wait = waitFor } = options;
  let failures = 0;
  return {
    async ask(request) {
      for (let attempt = 0; ; attempt++) {
        try {
          const answer = await request();
          onAnswer();
          return answer;
        } catch (error) {
          if (!isPassing(error) || attempt >= maxRetries) throw error;
          const ms = backoffMs(attempt, 0.5 + random() / 2);
          onRetry({ retryAt: now() + ms });
          await wait(ms, aborted);
        }
      }
    },
    isOver({ state, problem }) {
      if (state === "live") failures = 0;
      if (state === "reconnecting" && problem !== "ended") failures++;
      return failures > maxRetries;
    },
  };
}

function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal });
}

/** Whether the same request may be answered later. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.status === 0 || error.status === 429 || error.status >= 500;
}
