import { ProgressRing } from "#app/components/ui/progress-ring.tsx";
import type { JobSummary } from "#app/contract/job.ts";
import type { looks } from "./job-look.ts";
import { wholePercent } from "./job-progress.tsx";
import { useTexts } from "#app/panel/panel-context.tsx";

type StatusIconProps = {
  id: string;
  look: (typeof looks)[keyof typeof looks];
  job: JobSummary;
  /** How long a worker has been silent that should not be; empty where it is not. */
  silence: string;
};

/**
 * The state's own shape; while running, the progress itself as a ring. Read out as „Status: Läuft, 42 %“, what the word
 * and the bar beside it say.
 */
export function StatusIcon({ id, look, job, silence }: StatusIconProps) {
  const { shell, words, texts } = useTexts();
  const percent = wholePercent(job);
  const word = silence === "" ? words.status[job.status] : words.noUpdateFor({ silence });
  const isMoving = look.bar !== undefined && percent !== undefined;
  const Icon = look.icon;
  const label = isMoving
    ? shell.statusWith({ word, percent: texts.progress.short({ percent }) })
    : shell.status({ word });
  return (
    <span className={`size-5 ${look.tone}`}>
      {Icon === undefined ? (
        <ProgressRing id={id} label={label} percent={percent} />
      ) : (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an <img> could not take the text's colour
        <Icon id={id} role="img" aria-label={label} size={20} />
      )}
    </span>
  );
}
