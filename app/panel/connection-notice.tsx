import type { Connection } from "#app/client/connection.ts";
import { Button } from "#app/components/ui/button.tsx";
import { formatClock } from "#app/locales/time.ts";
import { useNow, usePanel, useTexts } from "./panel-context.tsx";

/** The server said goodbye and we are on the way back: nothing to worry anybody with. */
export function isPause({ state, problem }: Connection): boolean {
  return state === "reconnecting" && (problem === undefined || problem === "ended");
}

/** One line at the top of the list while it is not live: how old it is, when the next try is, and a way to hurry. */
export function ConnectionNotice(props: { connection: Connection; onConnect: () => void }) {
  const { connection, onConnect } = props;
  const { texts, locale } = useTexts();
  const { clock, timeZone } = usePanel();
  if (connection.state === "connecting" || connection.state === "live" || isPause(connection)) return null;
  const asOf = formatClock(connection.lastEventAt ?? clock.start, locale, timeZone);
  const hasStopped = connection.state === "offline";
  const whyStopped = connection.problem === "unauthorized" ? texts.notice.signedOut : texts.notice.stopped;
  return (
    <div className="mx-3 mt-2.5 flex items-center gap-2 rounded-lg bg-warn-soft forced-colors:outline py-2 pr-2 pl-3 text-sm font-medium text-warn">
      <p className="flex-1 tabular-nums">
        <span className="inline-block">{texts.notice.asOf({ clock: asOf })},</span>{" "}
        <span className="inline-block">{hasStopped ? whyStopped : <NextTry at={connection.retryAt} />}</span>
      </p>
      <Button
        className="border-current! bg-transparent! text-inherit! hover:underline"
        onClick={hasStopped ? () => location.reload() : onConnect}
      >
        {hasStopped ? texts.notice.reload : texts.notice.connectNow}
      </Button>
    </div>
  );
}

function NextTry({ at }: { at: number | undefined }) {
  const { texts } = useTexts();
  const seconds = useNow((now) => (at === undefined ? 0 : Math.ceil((at - now) / 1000)));
  return seconds > 0 ? texts.notice.nextTry({ seconds }) : texts.notice.trying;
}
