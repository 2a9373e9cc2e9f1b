import type { JobPhase, JobSummary } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";

/** A step with how long it took, in milliseconds; `isOpen`: it goes on, and that is how long so far. */
export type PhaseTime = { phase: string; milliseconds: number; isOpen: boolean };

/** How long each step took: until the next one began, the last until the job's end, or until `now`. Never negative. */
export function phaseTimes(
  phases: readonly JobPhase[],
  { status, finishedAt }: Pick<JobSummary, "status" | "finishedAt">,
  now: number,
): PhaseTime[] {
  const end = finishedAt === undefined ? now : Date.parse(finishedAt);
  return phases.map(({ phase, startedAt }, n) => {
    const next = phases[n + 1];
    const until = next === undefined ? end : Date.parse(next.startedAt);
    const isOpen = next === undefined && !isFinal(status);
    return { phase, milliseconds: Math.max(0, until - Date.parse(startedAt)), isOpen };
  });
}
