import { ArrowDown } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { LoadedJob } from "#app/client/followed-job.ts";
import { findLines, logFile } from "./log-text.ts";
import { LogLine } from "./log-line.tsx";
import { LogSearch } from "./log-search.tsx";
import { LogToolbar, type LogView } from "./log-toolbar.tsx";
import { OlderLines } from "./older-lines.tsx";
import { saveText } from "./save-text.ts";
import { useDetailTexts } from "./use-detail-texts.ts";
import { useFollowEnd } from "./use-follow-end.ts";
import type { FollowedJob } from "./use-followed-job.ts";
import { useIsFast } from "./use-is-fast.ts";
import { useOlderLines } from "./use-older-lines.ts";

const PLAIN: LogView = { level: "debug", wraps: true, isSearching: false, text: "" };

export type LogBoxProps = {
  title: string;
  loaded: LoadedJob;
  loadOlder: FollowedJob["loadOlder"];
  /** On a page of its own, where there is room. */
  isTall: boolean;
};

/** The job's log. Follows the end until the reader scrolls up or selects; the pill tells what is new and returns. */
export function LogBox({ title, loaded: { lines, detail, hasOlder }, loadOlder, isTall }: LogBoxProps) {
  const { log } = useDetailTexts();
  const [view, setView] = useState(PLAIN);
  const older = useOlderLines({ loadOlder, hasOlder });
  const change = useCallback((next: Partial<LogView>) => setView((known) => ({ ...known, ...next })), []);
  const closeSearch = useCallback(() => change({ isSearching: false, text: "" }), [change]);
  const shown = findLines(lines, view);
  const last = lines.at(-1)?.index ?? -1;
  const { box, stoppedAt, returnToEnd } = useFollowEnd({ first: shown[0]?.index ?? 0, last });
  const missed = stoppedAt === undefined ? 0 : shown.filter(({ index }) => index > stoppedAt).length;
  const isFast = useIsFast(last);

  /** What is looked for is looked for in every line that is kept. */
  function narrow(next: Partial<LogView>): void {
    change(next);
    if (isNarrowed({ ...view, ...next })) void older.load("all");
  }

  const newest = useRef(lines);
  useEffect(() => void (newest.current = lines), [lines]);

  async function download(): Promise<void> {
    if (await older.load("all")) saveText(log.file({ title }), logFile(newest.current));
  }
  return (
    <div className="relative overflow-hidden rounded-lg border border-line bg-bg">
      <LogToolbar
        view={view}
        onChange={narrow}
        copyText={() => logFile(shown)}
        onDownload={() => void download()}
      />
      {view.isSearching && (
        <LogSearch
          text={view.text}
          found={shown.length}
          onChange={(text) => narrow({ text })}
          onClose={closeSearch}
        />
      )}
      <div
        ref={box}
        role="log"
        aria-label={log.title}
        aria-live={isFast ? "off" : "polite"}
        onScroll={older.whenScrolled}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region needs the keyboard
        tabIndex={0}
        className={`relative overflow-auto overscroll-contain py-1.5 font-mono text-sm leading-4.5 [overflow-anchor:none] ${isTall ? "max-h-[60vh]" : "max-h-39"}`}
      >
        <OlderLines
          state={older.state}
          hasOlder={hasOlder}
          dropped={hasOlder ? 0 : Math.max(0, detail.logCount - lines.length)}
          load={() => void older.load(isNarrowed(view) ? "all" : "page")}
        />
        {shown.length === 0 && (
          <p className="px-2.5 text-faint">{lines.length === 0 ? log.none : log.noneFound}</p>
        )}
        {shown.map(({ index, entry }) => (
          <LogLine key={index} entry={entry} wraps={view.wraps} wanted={view.text} />
        ))}
      </div>
      {missed > 0 && (
        <button
          type="button"
          onClick={returnToEnd}
          className="absolute bottom-2 left-1/2 flex h-6.5 -translate-x-1/2 animate-appear items-center gap-1 rounded-full inverse px-2.5 text-sm font-medium tabular-nums shadow-pill"
        >
          <ArrowDown size={14} aria-hidden />
          {log.newLines({ count: missed })}
        </button>
      )}
    </div>
  );
}

function isNarrowed({ level, text }: LogView): boolean {
  return level !== "debug" || text.trim() !== "";
}
