/** Why a stream has stopped or is away. The first three need the person; the others are retried for ever. */
export type ConnectionProblem =
  | "unauthorized"
  | "not_found"
  | "ended"
  | "unreachable"
  | "silent"
  | "malformed";

/**
 * A viewer's connection (glossary). `reconnecting` retries by itself at `retryAt`; `offline` has stopped for good.
 * Instants are milliseconds of the local clock; `lastEventAt` is when something last arrived.
 */
export type Connection = {
  state: "connecting" | "live" | "reconnecting" | "offline";
  lastEventAt?: number;
  retryAt?: number;
  problem?: ConnectionProblem;
};

const BASE_MS = 1_000;
const CAP_MS = 30_000;
/** Nobody means more, and a timer of more than 24 days would fire at once. */
const LONGEST_MS = 24 * 60 * 60 * 1_000;

/**
 * Milliseconds to wait before attempt `attempt` (0 = the first retry): full jitter under a ceiling that doubles from
 * 1 s to 30 s, never below the server's `Retry-After`, never above a day. `random` is in [0, 1).
 */
export function backoffMs(attempt: number, random: number, retryAfterMs = 0): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 10));
  return Math.min(LONGEST_MS, Math.max(retryAfterMs, Math.round(ceiling * random)));
}
