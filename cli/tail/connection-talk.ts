import type { Connection } from "#app/client/connection.ts";
import type { Locale } from "#app/locales/locale.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import { watchTexts } from "#app/locales/terminal-watch.ts";

/** What is said of a connection's new state, and how many changes came with it; undefined where nothing is. */
export type ConnectionTalk = (connection: Connection, now: number, caughtUp?: number) => string | undefined;

/**
 * Turns the states of a connection into what is said of them: once when it is lost, once when it is back, likewise when
 * the server itself begins to lag; a first connection and every further attempt pass in silence.
 */
export function createConnectionTalk(locale: Locale): ConnectionTalk {
  const { disconnected } = terminalTexts[locale];
  const { caughtUp, lagging, current } = watchTexts[locale];
  let isLost = false;
  let isLagging = false;
  return ({ state, retryAt, laggingSince }, now, count = 0) => {
    if (state === "reconnecting" && !isLost) {
      isLost = true;
      return aside([disconnected({ seconds: secondsUntil(retryAt, now) })]);
    }
    if (state !== "live") return undefined;
    const [wasLost, wasLagging] = [isLost, isLagging];
    isLost = false;
    isLagging = laggingSince !== undefined;
    return aside([
      ...(wasLost ? [caughtUp({ count })] : []),
      ...(wasLagging === isLagging ? [] : [isLagging ? lagging : current]),
    ]);
  };
}

function aside(said: readonly string[]): string | undefined {
  return said.length === 0 ? undefined : said.map((text) => `-- ${text} --`).join("\n");
}

/** The state of a connection as a line of NDJSON. */
export function connectionLine(
  { state, retryAt, problem, laggingSince }: Connection,
  now: number,
): { type: "connection" } & Record<string, unknown> {
  return {
    type: "connection",
    state,
    ...(retryAt === undefined ? {} : { retryInMs: Math.max(0, retryAt - now) }),
    ...(problem === undefined ? {} : { problem }),
    ...(laggingSince === undefined ? {} : { degraded: true }),
  };
}

/** Whole seconds until an instant, at least one: nobody is told to wait for 0 s. */
export function secondsUntil(instant: number | undefined, now: number): number {
  return Math.max(1, Math.ceil(((instant ?? now) - now) / 1000));
}
