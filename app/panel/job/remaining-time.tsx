import type { JobSummary } from "#app/contract/job.ts";
import { remainingTime } from "#app/domain/remaining-time.ts";
import { formatRemaining } from "#app/locales/remaining.ts";
import { useNow, usePanel } from "#app/panel/panel-context.tsx";

/** „noch 2–3 Min.“: how long a running job still takes; nothing where nobody knows. */
export function RemainingTime({ job }: { job: JobSummary }) {
  const { locale } = usePanel();
  const text = useNow((now) => {
    const remaining = remainingTime(job, now);
    return remaining && formatRemaining(remaining, locale);
  });
  return text === undefined ? null : <span className="shrink-0 tabular-nums">{text}</span>;
}
