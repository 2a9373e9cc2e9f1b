import { ArrowUp } from "lucide-react";
import { useAtom } from "jotai";
import { useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { JobSummary } from "#app/contract/job.ts";
import { PAGE_SIZE } from "#app/contract/job-status.ts";
import { calendarDay, formatDay } from "#app/locales/time.ts";
import { JobRow } from "./job-row.tsx";
import { onDemand } from "#app/panel/on-demand.tsx";
import { OPENED, rowsOf } from "./order-jobs.ts";
import { useNow, usePanel, useTexts } from "#app/panel/panel-context.tsx";
import { openJobAtom } from "#app/panel/panel-state.ts";
import { useArrangement } from "./use-arrangement.ts";
import { useEngagement } from "./use-engagement.ts";
import { useRowFocus } from "./use-row-focus.ts";
import { useRows } from "./use-rows.ts";

const DayJump = onDemand(async () => (await import("./day-jump.tsx")).DayJump, null);

export type JobListProps = {
  jobs: readonly JobSummary[];
  /** How many there are in all, loaded or not. */
  total: number;
  find: (jobId: string) => JobSummary | undefined;
  /** Where older jobs begin, null where there are none, and how to load them. */
  older: string | null;
  loadOlder: () => Promise<void>;
};

/**
 * The jobs in days, one of them open at most; another filter is another list, from its top on. A list and not a feed or
 * a listbox: rows hold controls of their own, and a list tells in every reader which of how many a row is, also where
 * only those in view exist (docs/decisions/0020).
 */
export function JobList({ jobs, total, find, older, loadOlder }: JobListProps) {
  const { locale, timeZone } = usePanel();
  const { shell } = useTexts();
  const [openJob, setOpenJob] = useAtom(openJobAtom);
  const scroller = useRef<HTMLDivElement>(null);
  const { isEngaged, handlers } = useEngagement(scroller);
  const arranged = useArrangement({ jobs, find, isHeld: isEngaged || openJob !== undefined });
  const today = useNow((now) => calendarDay(now, timeZone));
  const opened = useOpenedElsewhere(openJob === undefined ? undefined : find(openJob), arranged.jobs);
  // Made anew only when something moved: scrolling through ten thousand rows renders this for every picture.
  const rows = useMemo(() => {
    if (opened === undefined) return rowsOf(arranged.jobs, today, timeZone);
    const others = arranged.jobs.filter(({ jobId }) => jobId !== opened.jobId);
    return [{ job: opened, day: OPENED }, ...rowsOf(others, today, timeZone)];
  }, [arranged.jobs, opened, today, timeZone]);
  const focus = useRowFocus(rows);
  const openAt = useMemo(() => rows.findIndex(({ job }) => job.jobId === openJob), [rows, openJob]);
  const { items, list, measure, first, scrollTo } = useRows({ rows, scroller, kept: [focus.at, openAt] });
  const day = rows.slice(0, first + 1).findLast((row) => row.day !== undefined)?.day;

  function nameOf(heading: string): string {
    return heading === OPENED ? shell.opened : formatDay(heading, today, locale);
  }
  function release(): void {
    flushSync(arranged.release);
    scroller.current?.scrollTo({ top: 0 });
    focus.toTop();
  }

  return (
    <div
      ref={scroller}
      className="min-h-0 flex-1 scroll-pt-8 overflow-y-auto overscroll-contain"
      data-scroller
      {...handlers}
    >
      {/* The jobs of a first page are looked over faster than a day is picked. */}
      {total > PAGE_SIZE && (
        <DayJump
          rows={rows}
          today={today}
          older={older}
          loadOlder={loadOlder}
          goTo={(index) => focus.move(index, scrollTo)}
        />
      )}
      <p
        aria-hidden
        className="sticky top-0 z-10 -mb-8 h-8 bg-bg px-4 pt-3 pb-1 text-sm font-medium text-faint"
      >
        {day !== undefined && nameOf(day)}
      </p>
      {arranged.waiting > 0 && (
        <div className="pointer-events-none sticky top-9 z-20 flex h-0 justify-center">
          <button
            type="button"
            onClick={release}
            className="pointer-events-auto flex h-6.5 animate-appear items-center gap-1 rounded-full inverse px-2.5 text-sm font-medium tabular-nums shadow-pill"
          >
            <ArrowUp size={14} aria-hidden />
            {shell.held({ count: arranged.waiting })}
          </button>
        </div>
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- hears the keys of the buttons inside */}
      <ul
        ref={list}
        className="px-2"
        onKeyDown={(event) => focus.onKeyDown(event, scrollTo)}
        onFocus={focus.onFocus}
      >
        {items.map(({ key, index }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const { job } = row;
          return (
            <li
              key={key}
              ref={measure}
              data-index={index}
              aria-posinset={index + 1}
              aria-setsize={Math.max(total, rows.length)}
            >
              {row.day !== undefined && (
                <h3 className="h-8 px-2 pt-3 pb-1 text-sm font-medium text-faint">{nameOf(row.day)}</h3>
              )}
              <JobRow
                job={job}
                isOpen={job.jobId === openJob}
                isTabStop={job.jobId === focus.tabStop}
                onToggle={setOpenJob}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/**
 * The open job, where the list did not reach to it when it was opened: it has a place of its own on top until it is
 * closed, also when the list has come to it meanwhile.
 */
function useOpenedElsewhere(
  job: JobSummary | undefined,
  listed: readonly JobSummary[],
): JobSummary | undefined {
  const [elsewhere, setElsewhere] = useState<string>();
  const isElsewhere =
    job !== undefined && (job.jobId === elsewhere || !listed.some(({ jobId }) => jobId === job.jobId));
  const now = isElsewhere ? job.jobId : undefined;
  if (now !== elsewhere) setElsewhere(now);
  return isElsewhere ? job : undefined;
}
