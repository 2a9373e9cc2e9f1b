import { Button } from "#app/components/ui/button.tsx";
import { Skeleton } from "#app/components/ui/skeleton.tsx";
import type { JobSummary } from "#app/contract/job.ts";
import { CopyError, JobErrorBox } from "./job-error-box.tsx";
import { JobLogBox } from "./job-log-box.tsx";
import { JobResultBox } from "./job-result-box.tsx";
import { useTexts } from "./panel-context.tsx";
import { type DetailProblem, useJobDetail } from "./use-job-detail.ts";

/** An opened row's inside, in the order of what matters: the error, the log, the result. */
export function JobDetailBox({ id, job }: { id: string; job: JobSummary }) {
  const { texts } = useTexts();
  const { loaded, problem, retry } = useJobDetail(job);
  const error = job.status === "failed" ? (loaded?.detail.error ?? job.error) : undefined;
  return (
    <section
      id={id}
      aria-label={texts.detail.label({ title: job.title })}
      aria-busy={loaded === undefined && problem === undefined}
      className="grid animate-appear gap-3 pt-0.5 pr-3 pb-3 pl-9.5 motion-reduce:animate-none"
    >
      {error !== undefined && <JobErrorBox job={job} error={error} />}
      {problem !== undefined && <DetailFailed problem={problem} retry={retry} />}
      {loaded === undefined && problem === undefined && <DetailSkeleton />}
      {loaded !== undefined && <JobLogBox loaded={loaded} />}
      {loaded !== undefined && <JobResultBox detail={loaded.detail} />}
      {error !== undefined && <CopyError job={job} error={error} />}
    </section>
  );
}

function DetailFailed({ problem, retry }: { problem: DetailProblem; retry: () => void }) {
  const { texts } = useTexts();
  return (
    <div role="alert" className="grid justify-items-start gap-2 text-sm">
      <p className="text-muted">{texts.detail[problem]}</p>
      {problem !== "gone" && <Button onClick={retry}>{texts.retry}</Button>}
    </div>
  );
}

function DetailSkeleton() {
  const { texts } = useTexts();
  return (
    <div className="grid gap-2.5 rounded-lg border border-line bg-bg p-3">
      <span className="sr-only">{texts.detail.loading}</span>
      {["w-3/5", "w-4/5", "w-2/5", "w-3/4", "w-1/2"].map((width) => (
        <Skeleton key={width} className={`h-2.5 ${width}`} />
      ))}
    </div>
  );
}
