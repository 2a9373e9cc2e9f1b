import { ProgressBar } from "#app/components/ui/progress-bar.tsx";
import type { JobSummary } from "#app/contract/job.ts";
import { useTexts } from "#app/panel/panel-context.tsx";

export type JobProgressProps = { job: JobSummary; tone: string; isMoving: boolean; labelledBy: string };

/** The bar and its percentage. Rounded down: 100 % is only shown of work that is through. */
export function JobProgress({ job, ...bar }: JobProgressProps) {
  const { texts } = useTexts();
  const percent = wholePercent(job);
  return (
    <div className="col-[2/4] my-px flex h-3.5 items-center gap-2">
      <ProgressBar
        percent={percent}
        text={percent === undefined ? texts.progress.unknown : texts.progress.spoken({ percent })}
        {...bar}
      />
      {percent !== undefined && (
        <span aria-hidden className="w-9 text-right text-sm font-medium text-muted tabular-nums">
          {texts.progress.short({ percent })}
        </span>
      )}
    </div>
  );
}

export function wholePercent({ progress }: JobSummary): number | undefined {
  return progress === undefined ? undefined : Math.floor(progress);
}
