import type { JobSummary } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import { calendarDay, formatAgo, formatClock, formatShortDay } from "#app/locales/time.ts";
import { useNow, usePanel } from "./panel-context.tsx";

/** When the job last changed: „vor 4 Min.“ within the hour, then the clock; a day where no heading tells it. */
export function JobTime({ job }: { job: JobSummary }) {
  const { locale, timeZone } = usePanel();
  const at = Date.parse(job.updatedAt);
  const text = useNow((now) => {
    const ago = formatAgo(at, now, locale);
    if (ago !== undefined) return ago;
    const isOfToday = calendarDay(at, timeZone) === calendarDay(now, timeZone);
    if (isOfToday || isFinal(job.status)) return formatClock(at, locale, timeZone);
    return formatShortDay(at, locale, timeZone);
  });
  return (
    <time dateTime={job.updatedAt} className="text-sm leading-5 text-faint tabular-nums">
      {text}
    </time>
  );
}
