import { ProgressRing } from "#app/components/ui/progress-ring.tsx";
import type { JobSummary } from "#app/contract/job.ts";
import type { looks } from "./job-look.ts";
import { wholePercent } from "./job-progress.tsx";

type StatusIconProps = { look: (typeof looks)[keyof typeof looks]; job: JobSummary };

/** The state's own shape; while running, the progress itself as a ring. The word beside it says the same. */
export function StatusIcon({ look, job }: StatusIconProps) {
  const Icon = look.icon;
  return (
    <span className={`size-5 ${look.tone}`}>
      {Icon === undefined ? <ProgressRing percent={wholePercent(job)} /> : <Icon size={20} aria-hidden />}
    </span>
  );
}
