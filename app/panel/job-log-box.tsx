import { ArrowDown } from "lucide-react";
import { JobLogLine } from "./job-log-line.tsx";
import { useTexts } from "./panel-context.tsx";
import { useFollowEnd } from "./use-follow-end.ts";
import type { LoadedDetail } from "./use-job-detail.ts";

/** The job's last lines. Follows the end until the reader scrolls up or selects; the pill returns to it. */
export function JobLogBox({ loaded: { detail, lines } }: { loaded: LoadedDetail }) {
  const { texts } = useTexts();
  const last = lines.at(-1)?.index ?? -1;
  const { box, missed, returnToEnd } = useFollowEnd(last);
  const total = Math.max(detail.logCount, last + 1);
  return (
    <div className="relative overflow-hidden rounded-lg border border-line bg-bg">
      <div className="flex h-8 items-center gap-2 border-b border-line px-2.5 text-sm font-medium text-muted">
        <span className="flex-1">{texts.log.title}</span>
        {total > lines.length && (
          <span className="font-normal text-faint tabular-nums">
            {texts.log.some({ shown: lines.length, total })}
          </span>
        )}
      </div>
      <div
        ref={box}
        role="log"
        aria-label={texts.log.title}
        aria-live="off"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region needs the keyboard
        tabIndex={0}
        className="max-h-39 overflow-y-auto overscroll-contain py-1.5 font-mono text-sm leading-4.5"
      >
        {lines.length === 0 && <p className="px-2.5 text-faint">{texts.log.none}</p>}
        {lines.map(({ index, entry }) => (
          <JobLogLine key={index} entry={entry} />
        ))}
      </div>
      {missed > 0 && (
        <button
          type="button"
          onClick={returnToEnd}
          className="absolute bottom-2 left-1/2 flex h-6.5 -translate-x-1/2 animate-appear items-center gap-1 rounded-full bg-text px-2.5 text-sm font-medium text-bg tabular-nums shadow-pill motion-reduce:animate-none"
        >
          <ArrowDown size={14} aria-hidden />
          {texts.log.newLines({ count: missed })}
        </button>
      )}
    </div>
  );
}
