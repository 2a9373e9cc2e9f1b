import { Check, CircleDot, X } from "lucide-react";
import type { JobPhase, JobSummary } from "#app/contract/job.ts";
import { type PhaseTime, phaseTimes } from "#app/domain/phase-times.ts";
import { textFor } from "#app/locales/text-for.ts";
import { words } from "#app/locales/words.ts";
import { formatDuration } from "#app/locales/time.ts";
import { useLook } from "#app/panel/job/use-look.ts";
import { useNow, usePanel } from "#app/panel/panel-context.tsx";
import { useDetailTexts } from "./use-detail-texts.ts";

/** The steps of the work one after the other, each with how long it took; the open one counts. */
export function Steps({ job, phases }: { job: JobSummary; phases: readonly JobPhase[] }) {
  const { locale } = usePanel();
  const texts = useDetailTexts();
  const { tone } = useLook(job).look;
  if (phases.length === 0) return null;
  const times = phaseTimes(phases, job, 0);
  return (
    <ol aria-label={texts.steps.label} className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm leading-4.5">
      {times.map((time, n) => (
        <li key={phases[n]?.startedAt} className="flex min-w-0 items-center gap-1.5">
          <StepIcon time={time} tone={tone} hasFailed={job.status === "failed" && n === times.length - 1} />
          <bdi className={`truncate font-medium ${time.isOpen ? tone : "text-muted"}`}>
            {textFor(words[locale].phase, time.phase) ?? time.phase}
          </bdi>
          {time.isOpen && <span className="sr-only">({texts.steps.now})</span>}
          <span className="text-faint tabular-nums">
            {time.isOpen ? <SoFar job={job} phases={phases} /> : formatDuration(time.milliseconds)}
          </span>
        </li>
      ))}
    </ol>
  );
}

function StepIcon({ time, tone, hasFailed }: { time: PhaseTime; tone: string; hasFailed: boolean }) {
  if (hasFailed) return <X size={14} aria-hidden className="shrink-0 text-bad" />;
  if (time.isOpen) return <CircleDot size={14} aria-hidden className={`shrink-0 ${tone}`} />;
  return <Check size={14} aria-hidden className="shrink-0 text-ok" />;
}

function SoFar({ job, phases }: { job: JobSummary; phases: readonly JobPhase[] }) {
  const { clock } = usePanel();
  return useNow((now) => {
    const last = phaseTimes(phases, job, Math.max(now, clock.start)).at(-1);
    return formatDuration(last?.milliseconds ?? 0);
  });
}
