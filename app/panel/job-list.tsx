import { useAtom } from "jotai";
import { type ReactNode, useId } from "react";
import type { JobSummary } from "#app/contract/job.ts";
import { calendarDay, formatDay } from "#app/locales/time.ts";
import { JobRow } from "./job-row.tsx";
import { groupByDay, orderJobs } from "./order-jobs.ts";
import { useNow, usePanel } from "./panel-context.tsx";
import { openJobAtom } from "./panel-state.ts";

/** The jobs in days, one of them open at most. */
export function JobList({ jobs }: { jobs: readonly JobSummary[] }) {
  const { locale, timeZone } = usePanel();
  const [openJob, setOpenJob] = useAtom(openJobAtom);
  const today = useNow((now) => calendarDay(now, timeZone));
  const days = groupByDay(orderJobs(jobs), today, timeZone);
  return (
    <div className="pb-2">
      {days.map(({ day, jobs: inDay }) => (
        <Day key={day} name={formatDay(day, today, locale)}>
          {inDay.map((job) => (
            <JobRow key={job.jobId} job={job} isOpen={job.jobId === openJob} onToggle={setOpenJob} />
          ))}
        </Day>
      ))}
    </div>
  );
}

function Day({ name, children }: { name: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="px-2">
      <h3 id={id} className="sticky top-0 z-10 -mx-2 bg-bg px-4 pt-3 pb-1 text-sm font-medium text-faint">
        {name}
      </h3>
      <ul>{children}</ul>
    </section>
  );
}
