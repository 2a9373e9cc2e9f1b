import type { Job, UsualTime } from "#app/contract/job.ts";

/** So many of the last completed jobs of a kind tell how long one usually takes. */
export const USUAL_OF_LAST = 50;

/** Seconds from the start of a completed job to its end; undefined for any other. */
export function runTime(job: Pick<Job, "status" | "startedAt" | "finishedAt">): number | undefined {
  const { status, startedAt, finishedAt } = job;
  if (status !== "completed" || startedAt === undefined || finishedAt === undefined) return undefined;
  return Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
}

/** The quartiles of run times in seconds, between two values the mean weighted by distance; undefined for none. */
export function usualTime(seconds: readonly number[]): UsualTime | undefined {
  if (seconds.length === 0) return undefined;
  const sorted = seconds.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? 0;
    const above = sorted[Math.ceil(place)] ?? below;
    return Math.round((below + (above - below) * (place - Math.floor(place))) * 10) / 10;
  };
  return { count: sorted.length, low: at(0.25), median: at(0.5), high: at(0.75) };
}
