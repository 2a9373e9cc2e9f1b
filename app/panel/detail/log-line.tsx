import { ChevronRight, CircleX, TriangleAlert } from "lucide-react";
import { memo, useState } from "react";
import type { JobLog } from "#app/contract/job.ts";
import { formatSecond } from "#app/locales/time.ts";
import { usePanel } from "#app/panel/panel-context.tsx";
import { lineText, splitByMatch } from "./log-text.ts";
import { useDetailTexts } from "./use-detail-texts.ts";

const tones: Record<JobLog["level"], string> = {
  debug: "text-faint",
  info: "text-text",
  warn: "text-warn",
  error: "text-bad",
};

export type LogLineProps = { entry: JobLog; wraps: boolean; wanted: string };

/** One line of the log: its level is a sign and a word, not only a colour; what a worker added is folded. */
export const LogLine = memo(function LogLine({ entry, wraps, wanted }: LogLineProps) {
  const { locale, timeZone } = usePanel();
  const texts = useDetailTexts().log;
  const [isOpen, setOpen] = useState(false);
  const hasMore = entry.details !== undefined;
  const level = { debug: "", info: "", warn: texts.warning, error: texts.error }[entry.level];
  const Sign = { debug: undefined, info: undefined, warn: TriangleAlert, error: CircleX }[entry.level];
  const columns = wraps
    ? "grid-cols-[60px_minmax(0,1fr)_auto]"
    : "w-max min-w-full grid-cols-[60px_1fr_auto]";
  return (
    <div className={`grid gap-x-1.5 px-2.5 hover:bg-hover ${columns} ${hasMore ? "py-0.75" : ""}`}>
      <time dateTime={entry.timestamp} className="text-faint tabular-nums">
        {formatSecond(Date.parse(entry.timestamp), locale, timeZone)}
      </time>
      <span
        dir="auto"
        className={`${wraps ? "wrap-anywhere whitespace-pre-wrap" : "whitespace-pre"} ${tones[entry.level]}`}
      >
        {Sign !== undefined && <Sign size={12} aria-hidden className="mr-1 inline align-[-1.5px]" />}
        {level !== "" && <span className="sr-only">{level}: </span>}
        <Marked text={lineText(entry).trimEnd()} wanted={wanted} />
      </span>
      {hasMore && (
        <button
          type="button"
          aria-label={texts.details}
          title={texts.details}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="-my-0.75 -mr-1.5 grid size-6 place-items-center rounded-sm text-faint hover:text-text"
        >
          <ChevronRight size={14} aria-hidden className={isOpen ? "rotate-90" : ""} />
        </button>
      )}
      {isOpen && (
        <pre className="col-[2/-1] mb-1 rounded-md bg-hover px-2 py-1 wrap-anywhere whitespace-pre-wrap text-muted">
          <Marked text={JSON.stringify(entry.details, null, 2)} wanted={wanted} />
        </pre>
      )}
    </div>
  );
});

function Marked({ text, wanted }: { text: string; wanted: string }) {
  const pieces = splitByMatch(text, wanted);
  if (pieces.length === 1) return text;
  return pieces.map((piece, n) =>
    n % 2 === 1 ? (
      // oxlint-disable-next-line react/no-array-index-key -- pieces of one text have no other name
      <mark key={n} className="rounded-xs bg-warn-soft text-inherit ring-1 ring-warn">
        {piece}
      </mark>
    ) : (
      piece
    ),
  );
}
