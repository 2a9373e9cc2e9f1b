import type { JobSummary } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import { calendarDay, formatAgo, formatClock, formatInstant, formatShortDay } from "#app/locales/time.ts";
import { useNow, usePanel } from "#app/panel/panel-context.tsx";

/**
 * When the job last changed: „vor 4 Min.“ within the hour, then the clock; a day where no heading tells it. Under the
 * pointer, or with the focus on its row, to the second. A press on it is one on its row.
 */
export function JobTime({ job, buttonId }: { job: JobSummary; buttonId: string }) {
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
    // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the time is its text
    <label htmlFor={buttonId} className="group/time relative cursor-pointer">
      <time dateTime={job.updatedAt} className="text-sm leading-5 whitespace-nowrap text-faint tabular-nums">
        <span className="group-hover/time:hidden group-has-focus-visible/row:hidden">{text}</span>
        <span className="hidden group-hover/time:inline group-has-focus-visible/row:inline">
          {formatInstant(at, locale, timeZone)}
        </span>
      </time>
    </label>
  );
}
