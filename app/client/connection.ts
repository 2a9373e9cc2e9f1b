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
 * Instants are milliseconds of the local clock; `lastEventAt` is when something last arrived, `laggingSince` when the
 * server first said that it cannot read what is new; absent once it can.
 */
export type Connection = {
  state: "connecting" | "live" | "reconnecting" | "offline";
  lastEventAt?: number;
  laggingSince?: number;
  retryAt?: number;
  problem?: ConnectionProblem;
};

/** What a connection has become, with the instant at which something last arrived, where that is not known anew. */
export function nextConnection({ lastEventAt }: Connection, next: Connection): Connection {
  return lastEventAt === undefined ? next : { lastEventAt, ...next };
}
