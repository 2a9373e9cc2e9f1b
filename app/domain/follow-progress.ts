import type { CallbackReport } from "#app/contract/callback/report.ts";
import type { Job, JobPhase, Pace } from "#app/contract/job.ts";

/** So many steps of a job are kept, the last ones: a worker may name every page a step. */
export const PHASES_KEPT = 20;

/** The pace after a report: only a progress above the known one counts, the first known one is where it begins. */
export function paceAfter(job: Pick<Job, "progress" | "pace">, progress: number | undefined, at: string) {
  if (progress === undefined || progress <= (job.progress ?? -1)) return job.pace;
  const { pace } = job;
  if (pace === undefined) return { from: progress, since: at, at, steps: 0 } satisfies Pace;
  return { ...pace, at, steps: pace.steps + 1 };
}

/** What the Secretary calls every line of its log, and every error it may recover from (secretary-contract: log line). */
const LINES_OF_LOG = ["running", "failed"];

/** Whether a phase names a step of the work; the Secretary's words for lines of its log do not. */
export function isStep(phase: string | undefined): phase is string {
  return phase !== undefined && !LINES_OF_LOG.includes(phase);
}

/** The steps after a report: a new one where it names another. The end is none. */
export function phasesAfter(
  phases: readonly JobPhase[] | undefined,
  { phase, outcome }: Pick<CallbackReport, "phase" | "outcome">,
  at: string,
): JobPhase[] | undefined {
  const known = phases && [...phases];
  if (!isStep(phase) || outcome !== undefined || known?.at(-1)?.phase === phase) return known;
  return [...(known ?? []), { phase, startedAt: at }].slice(-PHASES_KEPT);
}
