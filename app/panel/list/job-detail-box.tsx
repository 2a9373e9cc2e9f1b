import { Skeleton } from "#app/components/ui/skeleton.tsx";
import type { JobSummary } from "#app/contract/job.ts";
import { rowTexts } from "#app/locales/job-row.ts";
import { onDemand } from "#app/panel/on-demand.tsx";
import { usePanel } from "#app/panel/panel-context.tsx";

const Opened = onDemand(
  async () => (await import("#app/panel/detail/opened-job.tsx")).OpenedJob,
  <div aria-busy>
    <Skeleton className="h-36 rounded-lg!" />
  </div>,
);

/** An opened row's inside. Its code comes with the first row that is opened; until then its place is held. */
export function JobDetailBox({ id, job }: { id: string; job: JobSummary }) {
  const texts = rowTexts[usePanel().locale];
  return (
    <section
      id={id}
      aria-label={texts.label({ title: job.title })}
      className="grid animate-appear grid-cols-1 gap-3 pt-0.5 pr-2.5 pb-3 pl-9.5"
    >
      <Opened job={job} />
    </section>
  );
}
