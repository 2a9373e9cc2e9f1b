import { useSetAtom } from "jotai";
import { ArrowLeft } from "lucide-react";
import { useEffect } from "react";
import type { JobDetail } from "#app/contract/http.ts";
import { JobMessage } from "#app/panel/job/job-message.tsx";
import { JobProgress } from "#app/panel/job/job-progress.tsx";
import { pageJobAtom } from "#app/panel/panel-state.ts";
import { RemovedRow } from "#app/panel/list/removed-row.tsx";
import { StatusIcon } from "#app/panel/job/status-icon.tsx";
import { useLook } from "#app/panel/job/use-look.ts";
import { useRemoval } from "#app/panel/list/use-removal.ts";
import { JobDetailParts } from "./job-detail.tsx";
import { JobFacts } from "./job-facts.tsx";
import { useDetailTexts } from "./use-detail-texts.ts";
import { useFollowedJob } from "./use-followed-job.ts";

/** One job on a page of its own, live like its row. */
export function JobPage({ detail }: { detail: JobDetail }) {
  const setPageJob = useSetAtom(pageJobAtom);
  useEffect(() => {
    setPageJob(detail.jobId);
    return () => setPageJob(undefined);
  }, [detail.jobId, setPageJob]);
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-3xl grid-cols-1 content-start gap-4 px-4 pt-3.5 pb-16 sm:px-8 lg:pt-8">
      <BackLink jobId={detail.jobId} />
      <Page first={detail} />
    </main>
  );
}

function Page({ first }: { first: JobDetail }) {
  const followed = useFollowedJob(first, first);
  const removal = useRemoval(first.jobId);
  const detail = followed.job?.detail ?? first;
  if (removal !== undefined && removal.state !== "sent") return <RemovedRow job={detail} removal={removal} />;
  if (removal !== undefined || followed.problem === "gone") return <Gone />;
  return (
    <>
      <Head detail={detail} />
      <JobDetailParts job={detail} followed={followed} isPage />
      <JobFacts detail={detail} />
    </>
  );
}

/** What a row says, in the size of a page. */
function Head({ detail }: { detail: JobDetail }) {
  const { look, silence } = useLook(detail);
  return (
    <header className="grid grid-cols-[20px_minmax(0,1fr)_auto] items-start gap-x-2.5 gap-y-0.5">
      <span className="mt-0.5">
        <StatusIcon id="job-status" look={look} job={detail} silence={silence} />
      </span>
      <h1
        id="job-title"
        dir="auto"
        className="col-[2/4] text-lg font-semibold tracking-[-0.011em] wrap-anywhere"
      >
        {detail.title}
      </h1>
      {look.bar !== undefined && (
        <JobProgress job={detail} tone={look.bar} isMoving={silence === ""} labelledBy="job-title" />
      )}
      <JobMessage id="job-message" job={detail} tone={look.tone} silence={silence} isOpen />
    </header>
  );
}

/** To the panel, with the row of this job opened. */
function BackLink({ jobId }: { jobId: string }) {
  const texts = useDetailTexts();
  return (
    <a
      href={`/?job=${encodeURIComponent(jobId)}`}
      className="top-3.5 z-10 -ml-2 inline-flex h-7 max-lg:sticky items-center gap-1.5 justify-self-start rounded-[7px] px-2 text-sm font-medium text-muted hover:bg-hover hover:text-text"
    >
      <ArrowLeft size={14} aria-hidden />
      {texts.panel}
    </a>
  );
}

function Gone() {
  const texts = useDetailTexts();
  return (
    <p role="alert" className="text-muted">
      {texts.gone}
    </p>
  );
}
