import type { Connection } from "#app/client/connection.ts";
import { formatClock } from "#app/locales/time.ts";
import { isPause } from "./connection-notice.tsx";
import { usePanel, useTexts } from "./panel-context.tsx";

/** The viewer's connection as a dot and a word: full while live, hollow while not. */
export function ConnectionBadge({ connection }: { connection: Connection }) {
  const { words, shell, locale } = useTexts();
  const { timeZone } = usePanel();
  const { lastEventAt } = connection;
  const state = isPause(connection) ? "connecting" : connection.state;
  const tone = {
    live: "text-muted",
    connecting: "text-muted",
    reconnecting: "text-warn",
    offline: "text-warn",
  };
  const dot = state === "live" ? "bg-ok" : "border-[1.5px] border-current";
  return (
    <span
      title={
        lastEventAt === undefined
          ? undefined
          : shell.lastUpdate({ clock: formatClock(lastEventAt, locale, timeZone) })
      }
      className={`inline-flex items-center gap-1.5 text-sm font-medium ${tone[state]}`}
    >
      <span className={`size-[7px] rounded-full ${dot}`} />
      {words.connection[state]}
    </span>
  );
}
