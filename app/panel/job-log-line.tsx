import { memo } from "react";
import type { JobLog } from "#app/contract/job.ts";
import { formatSecond } from "#app/locales/time.ts";
import { usePanel, useTexts } from "./panel-context.tsx";

const tones: Record<JobLog["level"], string> = {
  debug: "text-faint",
  info: "text-text",
  warn: "text-warn",
  error: "text-bad",
};

/** One line of the log; its level is a colour, and for readers a word. */
export const JobLogLine = memo(function JobLogLine({ entry }: { entry: JobLog }) {
  const { texts, locale } = useTexts();
  const { timeZone } = usePanel();
  const level = { debug: "", info: "", warn: texts.log.warning, error: texts.log.error }[entry.level];
  return (
    <div className="grid grid-cols-[60px_minmax(0,1fr)] gap-x-1.5 px-2.5 hover:bg-hover">
      <time dateTime={entry.timestamp} className="text-faint tabular-nums">
        {formatSecond(Date.parse(entry.timestamp), locale, timeZone)}
      </time>
      <span dir="auto" className={`wrap-anywhere whitespace-pre-wrap ${tones[entry.level]}`}>
        {level !== "" && <span className="sr-only">{level}: </span>}
        {entry.message ?? entry.phase ?? shortProgress(entry)}
      </span>
    </div>
  );
});

function shortProgress({ progress }: JobLog): string {
  return progress === undefined ? "…" : `${Math.floor(progress)} %`;
}
