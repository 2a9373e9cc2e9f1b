import { type MouseEvent, memo } from "react";
import { flushSync } from "react-dom";
import type { JobSummary } from "#app/contract/job.ts";
import { JobDetailBox } from "./job-detail-box.tsx";
import { JobMessage } from "#app/panel/job/job-message.tsx";
import { JobProgress } from "#app/panel/job/job-progress.tsx";
import { JobTime } from "#app/panel/job/job-time.tsx";
import { JobTitle } from "#app/panel/job/job-title.tsx";
import { onDemand } from "#app/panel/on-demand.tsx";
import { rowButtonId } from "./row-button-id.ts";
import { StatusIcon } from "#app/panel/job/status-icon.tsx";
import { useLook } from "#app/panel/job/use-look.ts";
import { useRemoval } from "./use-removal.ts";

/** Its place is held by the height of its row until it is there. */
const RemovedRow = onDemand(
  async () => (await import("./removed-row.tsx")).RemovedRow,
  <div aria-busy className="h-14" />,
);

export type JobRowProps = {
  job: JobSummary;
  isOpen: boolean;
  /** One row of the list is reached by Tab, the others from there by arrows. */
  isTabStop: boolean;
  /** Takes the job to open, or undefined to close it. */
  onToggle: (jobId: string | undefined) => void;
};

/** One job, read in one glance; a press anywhere on it opens it in place. Renders again only when its job changed. */
export const JobRow = memo(function JobRow({ job, isOpen, isTabStop, onToggle }: JobRowProps) {
  const { look, silence } = useLook(job);
  const removal = useRemoval(job.jobId);
  const ids = {
    button: rowButtonId(job.jobId),
    status: `status-${job.jobId}`,
    message: `message-${job.jobId}`,
    detail: `detail-${job.jobId}`,
  };

  function toggle({ currentTarget }: MouseEvent): void {
    holdInPlace(currentTarget, () => onToggle(isOpen ? undefined : job.jobId));
  }

  if (removal !== undefined) return <RemovedRow job={job} removal={removal} />;
  return (
    <div
      className={
        isOpen ? "mb-1 rounded-[10px] bg-raised ring-1 ring-line-strong forced-colors:outline ring-inset" : ""
      }
    >
      <div
        className={`group/row relative grid grid-cols-[20px_minmax(0,1fr)_auto] gap-x-2.5 rounded-[10px] py-2.5 pr-2.5 pl-2 ${isOpen ? "" : "hover:bg-hover"}`}
      >
        <StatusIcon id={ids.status} look={look} job={job} silence={silence} />
        <h4 className="contents">
          <button
            type="button"
            id={ids.button}
            data-row={job.jobId}
            tabIndex={isTabStop ? 0 : -1}
            aria-label={job.title}
            aria-expanded={isOpen}
            aria-controls={isOpen ? ids.detail : undefined}
            aria-describedby={`${ids.status} ${ids.message}`}
            onClick={toggle}
            className="min-w-0 text-left outline-none after:absolute after:inset-0 after:rounded-[10px] focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
          >
            <JobTitle title={job.title} />
          </button>
        </h4>
        <JobTime job={job} buttonId={ids.button} />
        {look.bar !== undefined && (
          <JobProgress job={job} tone={look.bar} isMoving={silence === ""} labelledBy={ids.button} />
        )}
        <JobMessage id={ids.message} job={job} tone={look.tone} silence={silence} isOpen={isOpen} />
      </div>
      {isOpen && <JobDetailBox id={ids.detail} job={job} />}
    </div>
  );
});

/** Runs a change and scrolls so that the element stays where the reader pressed it. */
function holdInPlace(element: Element, change: () => void): void {
  const top = element.getBoundingClientRect().top;
  flushSync(change);
  element.closest("[data-scroller]")?.scrollBy({ top: element.getBoundingClientRect().top - top });
}
