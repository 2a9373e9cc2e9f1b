import { Button } from "#app/components/ui/button.tsx";
import type { JobSummary } from "#app/contract/job.ts";
import type { FollowProblem } from "#app/client/follow-job.ts";
import { DetailActions } from "./detail-actions.tsx";
import { DetailSkeleton } from "./detail-skeleton.tsx";
import { ErrorBox } from "./error-box.tsx";
import { LogBox } from "./log-box.tsx";
import { FetchedFiles } from "./fetched-files.tsx";
import { ResultBox } from "./result-box.tsx";
import { Steps } from "./steps.tsx";
import type { FollowedJob } from "./use-followed-job.ts";
import { useDetailTexts } from "./use-detail-texts.ts";

export type JobDetailProps = {
  job: JobSummary;
  followed: FollowedJob;
  /** On a page of its own: there is room, and no link to where the reader is. */
  isPage?: boolean;
};

/** A job in full, in the order of what matters: the error, the steps, the log, what it left behind, what can be done. */
export function JobDetailParts({ job, followed, isPage = false }: JobDetailProps) {
  const { job: loaded, problem, retry, loadOlder } = followed;
  const error = job.status === "failed" ? (loaded?.detail.error ?? job.error) : undefined;
  return (
    <>
      {error !== undefined && <ErrorBox job={job} error={error} />}
      {problem !== undefined && <Problem problem={problem} retry={retry} />}
      {loaded === undefined && problem === undefined && <DetailSkeleton />}
      {loaded !== undefined && (
        <>
          <Steps job={job} phases={loaded.detail.phases ?? []} />
          <LogBox title={job.title} loaded={loaded} loadOlder={loadOlder} isTall={isPage} />
          <ResultBox detail={loaded.detail} />
          <FetchedFiles job={job} detail={loaded.detail} />
        </>
      )}
      {problem !== "gone" && <DetailActions job={job} isPage={isPage} />}
    </>
  );
}

function Problem({ problem, retry }: { problem: FollowProblem; retry: () => void }) {
  const texts = useDetailTexts();
  return (
    <div role="alert" className="grid justify-items-start gap-2 text-sm">
      <p className="text-muted">{texts[problem]}</p>
      {problem !== "gone" && <Button onClick={retry}>{texts.retry}</Button>}
    </div>
  );
}
