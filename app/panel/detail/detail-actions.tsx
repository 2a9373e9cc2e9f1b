import { ExternalLink, Trash2 } from "lucide-react";
import { useId, useState } from "react";
import { IconButton, QuietButton } from "#app/components/ui/button.tsx";
import type { JobSummary } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import { rowTexts } from "#app/locales/job-row.ts";
import { usePanel } from "#app/panel/panel-context.tsx";
import { useRemovals } from "#app/panel/list/use-removal.ts";
import { CancelJob } from "./cancel-job.tsx";
import { Deliveries } from "./deliveries.tsx";
import { useDetailTexts } from "./use-detail-texts.ts";

export type DetailActionsProps = { job: JobSummary; isPage: boolean };

/** What can be done with the job: one thing with an edge, the rest quiet, what destroys at the far right. */
export function DetailActions({ job, isPage }: DetailActionsProps) {
  const { locale } = usePanel();
  const texts = useDetailTexts();
  const removals = useRemovals();
  const id = useId();
  const [showsDeliveries, setShowsDeliveries] = useState(false);
  const hasEnded = isFinal(job.status);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-0.5 gap-y-1.5">
        {!hasEnded && job.status !== "pending-storage" && <CancelJob job={job} />}
        <QuietButton
          className="first:-ml-2 [output+&]:-ml-2"
          aria-expanded={showsDeliveries}
          aria-controls={showsDeliveries ? id : undefined}
          onClick={() => setShowsDeliveries(!showsDeliveries)}
        >
          {texts.deliveries.title}
        </QuietButton>
        <span className="-mr-1.5 ml-auto flex items-center">
          {!isPage && (
            <a
              href={`/jobs/${encodeURIComponent(job.jobId)}`}
              aria-label={texts.page.open}
              title={texts.page.open}
              className={END}
            >
              <ExternalLink size={14} aria-hidden />
            </a>
          )}
          {hasEnded && (
            <IconButton
              label={rowTexts[locale].remove.do}
              className={END}
              onClick={() => removals.request(job.jobId)}
            >
              <Trash2 size={14} aria-hidden />
            </IconButton>
          )}
        </span>
      </div>
      {showsDeliveries && <Deliveries id={id} jobId={job.jobId} revision={job.revision} />}
    </>
  );
}

const END = "grid size-7 place-items-center rounded-[7px] text-muted hover:bg-hover hover:text-text";
