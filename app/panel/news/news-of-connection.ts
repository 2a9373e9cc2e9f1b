import type { Connection } from "#app/client/connection.ts";

/** How the connection is, as far as somebody has to know who does not look at its badge. */
export type ConnectionNews = "live" | "lagging" | "away" | "stopped";

/** So long a change has to last to be worth a word: a tunnel, a deployment and a short outage pass in silence. */
const LASTS_MS = 5_000;

/**
 * Tells of the connection when it has become another and stayed so, each change once: no single attempt, no goodbye of a
 * server that is back at once, and not that it is live at first.
 */
export function watchConnection(tell: (news: ConnectionNews) => void): {
  hear: (connection: Connection) => void;
  stop: () => void;
} {
  let told: ConnectionNews = "live";
  let now: ConnectionNews = told;
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    hear(connection) {
      const next = newsOf(connection);
      if (next === undefined || next === now) return;
      now = next;
      clearTimeout(timer);
      if (next === told) return;
      timer = setTimeout(() => {
        told = next;
        tell(next);
      }, LASTS_MS);
    },
    stop: () => clearTimeout(timer),
  };
}

/** Undefined while it is on the way: what that comes to is yet to be seen. */
function newsOf({ state, problem, laggingSince }: Connection): ConnectionNews | undefined {
  if (state === "offline") return "stopped";
  if (state === "live") return laggingSince === undefined ? "live" : "lagging";
  return problem === undefined || problem === "ended" ? undefined : "away";
}
