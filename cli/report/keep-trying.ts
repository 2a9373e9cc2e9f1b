import { backoffMs } from "#app/client/retry.ts";
import type { Attempt } from "./post.ts";

/** A wait that can be cut short from outside. */
export type Pause = { wait(milliseconds: number): Promise<void>; wake(): void };

/** `wake` ends the wait that is going on; the next one is whole again. */
export function createPause(): Pause {
  let end: () => void = () => {};
  return {
    wait: (milliseconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: () => end(),
  };
}

/**
 * Makes attempts until one is answered or refused, further and further apart, at most `longestMs` unless the server
 * asks for more. After `stopped` it gives back how the last one ended.
 */
export async function keepTrying<Answer>(
  attempt: (stopped: AbortSignal) => Promise<Attempt<Answer>>,
  options: {
    stopped: AbortSignal;
    pause?: Pause;
    longestMs?: () => number;
    /** Called before each wait. */
    onUnanswered?: () => void;
  },
): Promise<Attempt<Answer>> {
  const { stopped, pause = createPause(), longestMs = () => Infinity } = options;
  stopped.addEventListener("abort", pause.wake);
  try {
    for (let failures = 0; ; failures++) {
      const outcome = await attempt(stopped);
      if (outcome.kind !== "unanswered" || stopped.aborted) return outcome;
      options.onUnanswered?.();
      const wait = Math.min(longestMs(), backoffMs(failures, Math.random()));
      await pause.wait(Math.max(wait, outcome.retryAfterMs));
      if (stopped.aborted) return outcome;
    }
  } finally {
    stopped.removeEventListener("abort", pause.wake);
  }
}
