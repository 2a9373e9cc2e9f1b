import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { keepTrying } from "./keep-trying.ts";
import { type Attempt, type Post, post } from "./post.ts";

const LONGEST_WAIT_MS = 5_000;

/** Sends one thing until it is answered or refused, for `retryForMs` at the longest; what arrives twice counts once. */
export async function sendOnce<Schema extends z.ZodType>(
  request: Omit<Post<Schema>, "idempotencyKey">,
  retryForMs: number,
  aborted: AbortSignal,
): Promise<Attempt<z.infer<Schema>>> {
  const whole = { ...request, idempotencyKey: randomUUID() };
  const stop = new AbortController();
  const giveUp = (): void => stop.abort();
  const timer = setTimeout(giveUp, retryForMs);
  aborted.addEventListener("abort", giveUp);
  try {
    const longestMs = (): number => LONGEST_WAIT_MS;
    return await keepTrying((stopped) => post(whole, stopped), { stopped: stop.signal, longestMs });
  } finally {
    clearTimeout(timer);
    aborted.removeEventListener("abort", giveUp);
  }
}
