import { type ComponentType, useEffect, useState } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { Skeleton } from "#app/components/ui/skeleton.tsx";
import type { JobSummary } from "#app/contract/job.ts";
import { rowTexts } from "#app/locales/job-row.ts";
import { usePanel } from "./panel-context.tsx";

type Inside = ComponentType<{ job: JobSummary }>;
/** Stays loaded for every row after the first. */
let inside: Inside | undefined;

/** An opened row's inside. Its code comes with the first row that is opened; until then its place is held. */
export function JobDetailBox({ id, job }: { id: string; job: JobSummary }) {
  const texts = rowTexts[usePanel().locale];
  const { Opened, hasFailed } = useInside();
  return (
    <section
      id={id}
      aria-label={texts.label({ title: job.title })}
      aria-busy={Opened === undefined && !hasFailed}
      className="grid animate-appear grid-cols-1 gap-3 pt-0.5 pr-3 pb-3 pl-9.5 motion-reduce:animate-none"
    >
      {Opened !== undefined && <Opened job={job} />}
      {Opened === undefined && !hasFailed && <Skeleton className="h-36 rounded-lg!" />}
      {hasFailed && (
        <div role="alert" className="grid justify-items-start gap-2 text-sm">
          <p className="text-muted">{texts.codeMissing}</p>
          <Button onClick={() => location.reload()}>{texts.reload}</Button>
        </div>
      )}
    </section>
  );
}

function useInside(): { Opened: Inside | undefined; hasFailed: boolean } {
  const [Opened, setOpened] = useState(() => inside);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    if (inside !== undefined) return;
    import("./detail/opened-job.tsx").then(
      ({ OpenedJob }) => {
        inside = OpenedJob;
        setOpened(() => OpenedJob);
      },
      () => setFailed(true),
    );
  }, []);
  return { Opened, hasFailed };
}
