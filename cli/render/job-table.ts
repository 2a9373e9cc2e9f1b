import type { JobSummary } from "#app/contract/job.ts";
import { tableTexts } from "#app/locales/terminal-tables.ts";
import { formatAgo, formatClock, formatShortDay } from "#app/locales/time.ts";
import { words } from "#app/locales/words.ts";
import { elapsedText, endText, messageText, percentText } from "./job-texts.ts";
import { type Look, plainSignOf, stateOf } from "./look.ts";
import { safeLine } from "./safe-line.ts";
import { type Column, renderTable } from "./table.ts";

const SHORT = 8;

/** Jobs as a table: short id, status, percent, title, when, and what they say; `isWide` shows whole ids, kind and length. */
export function renderJobTable(
  jobs: readonly JobSummary[],
  options: { width: number; now: number; look: Look; isWide: boolean },
): string {
  const { now, look, isWide } = options;
  const { locale, signs } = look;
  const texts = tableTexts[locale];
  const columns: Column<JobSummary>[] = [
    { heading: texts.jobId, text: ({ jobId }) => safeLine(isWide ? jobId : jobId.slice(0, SHORT)) },
    {
      heading: texts.status,
      text: (job) => `${plainSignOf(job, stateOf(job, now), signs)} ${words[locale].status[job.status]}`,
      paint: (job, text) => look.paint(stateOf(job, now), text),
    },
    { heading: "%", text: (job) => percentText(job, locale) },
    { heading: texts.updatedAt, text: ({ updatedAt }) => whenText(Date.parse(updatedAt), now, look) },
    ...(isWide
      ? [
          { heading: texts.kind, text: ({ kind = "" }: JobSummary) => safeLine(kind) },
          { heading: texts.duration, text: (job: JobSummary) => elapsedText(job, now) },
        ]
      : []),
    { heading: texts.title, text: ({ title }) => safeLine(title), isElastic: true },
    { heading: texts.message, text: (job) => wordsOf(job, now, look), isElastic: true },
  ];
  return renderTable(jobs, columns, {
    ...options,
    faint: (text) => look.paint("faint", text),
    cut: signs.cut,
  });
}

function wordsOf(job: JobSummary, now: number, { locale }: Look): string {
  if (job.error !== undefined) {
    const status = words[locale].status[job.status];
    return endText(job, now, locale).replace(`${status}: `, "");
  }
  return messageText(job, { state: stateOf(job, now), now, locale, room: Infinity });
}

/** How long ago, the clock of the same day, else the day. */
function whenText(at: number, now: number, { locale }: Look): string {
  const ago = formatAgo(at, now, locale);
  if (ago !== undefined) return ago;
  return now - at < 20 * 3_600_000 ? formatClock(at, locale) : formatShortDay(at, locale);
}
