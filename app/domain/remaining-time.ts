import type { JobSummary } from "#app/contract/job.ts";
import { isStalled } from "./stalled.ts";

/** How long a job will still take, in seconds: between two, or longer than such a job should. */
export type Remaining = { kind: "range"; low: number; high: number } | { kind: "overdue" };

const LEAST_SECONDS = 15;
const LEAST_STEPS = 2;
/** From fewer jobs of its kind nothing is concluded. */
const LEAST_HISTORY = 3;

type Span = { low: number; high: number };

/**
 * How long a job still takes by its own pace and by others of its kind, the pace weighing more the further it is.
 * Undefined where nobody can know: not running, silent, before 15 s and two steps of progress (design of the panel).
 * `now` in milliseconds. Never negative: what should be over is `overdue`.
 */
export function remainingTime(job: JobSummary, now: number): Remaining | undefined {
  const { status, startedAt, pace, progress, usual } = job;
  if (status !== "running" || job.cancelRequested || isStalled(job, now)) return undefined;
  if (startedAt === undefined || pace === undefined || progress === undefined) return undefined;
  const elapsed = (now - Date.parse(startedAt)) / 1000;
  if (elapsed < LEAST_SECONDS || pace.steps < LEAST_STEPS) return undefined;
  const moved = progress - pace.from;
  const seconds = (Date.parse(pace.at) - Date.parse(pace.since)) / 1000;
  if (moved <= 0 || seconds <= 0 || progress >= 100) return undefined;

  const own = byPace({ left: ((100 - progress) / moved) * seconds, steps: pace.steps });
  const since = Math.max(0, (now - Date.parse(pace.at)) / 1000);
  const left: Span = { low: own.low - since, high: own.high - since };
  if (usual === undefined || usual.count < LEAST_HISTORY) return told(left);
  const weight = moved / (100 - pace.from);
  const mix = (mine: number, theirs: number): number => weight * mine + (1 - weight) * (theirs - elapsed);
  return told({ low: mix(left.low, usual.low), high: mix(left.high, usual.high) });
}

/** The more steps a pace was taken from, the narrower the range. */
function byPace({ left, steps }: { left: number; steps: number }): Span {
  const doubt = Math.min(0.5, Math.max(0.12, 0.9 / Math.sqrt(steps)));
  return { low: left * (1 - doubt), high: left * (1 + doubt) };
}

function told({ low, high }: Span): Remaining {
  return high <= 0 ? { kind: "overdue" } : { kind: "range", low: Math.max(0, low), high };
}
