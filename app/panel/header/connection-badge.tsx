import { memo, useId, useRef } from "react";
import type { Connection } from "#app/client/connection.ts";
import { formatClock } from "#app/locales/time.ts";
import { isPause } from "#app/panel/connection-notice.tsx";
import { usePanel, useTexts } from "#app/panel/panel-context.tsx";

const tones = {
  live: "text-muted",
  lagging: "text-warn",
  connecting: "text-muted",
  reconnecting: "text-warn",
  offline: "text-warn",
};
const dots = { live: "text-ok filled", lagging: "filled", away: "border-[1.5px] border-current" };

/**
 * The viewer's connection as a dot and a word: full while live, hollow while not. What it means, and how old the list is,
 * is told under the pointer and with the focus, and is its description.
 */
export const ConnectionBadge = memo(function ConnectionBadge({ connection }: { connection: Connection }) {
  const { words, shell, locale } = useTexts();
  const { clock, timeZone } = usePanel();
  const id = useId();
  const hint = useRef<HTMLParagraphElement>(null);
  const { lastEventAt, laggingSince } = connection;
  const state = isPause(connection) ? "connecting" : connection.state;
  const kind = state === "live" && laggingSince !== undefined ? "lagging" : state;
  const asOf = { clock: formatClock(laggingSince ?? lastEventAt ?? clock.start, locale, timeZone) };

  const show = (): void => hint.current?.showPopover();
  const hide = (): void => hint.current?.hidePopover();

  return (
    <>
      <button
        type="button"
        aria-describedby={id}
        onPointerEnter={show}
        onPointerLeave={hide}
        onFocus={show}
        onBlur={hide}
        onClick={show}
        className={`hinted -mx-1 inline-flex min-h-6 items-center gap-1.5 rounded-md px-1 text-sm font-medium whitespace-nowrap ${tones[kind]}`}
      >
        <span
          className={`size-[7px] rounded-full ${kind === "live" || kind === "lagging" ? dots[kind] : dots.away}`}
        />
        <span>{words.connection[kind]}</span>
        {kind === "connecting" && lastEventAt !== undefined && (
          <span className="tabular-nums">· {shell.connection.asOf(asOf)}</span>
        )}
      </button>
      <p
        id={id}
        ref={hint}
        popover="manual"
        className="hint w-72 rounded-lg border border-line bg-over px-3 py-2 text-sm text-pretty text-muted tabular-nums shadow-pill"
      >
        {shell.connection[kind](asOf)}
      </p>
    </>
  );
});
