import type { JobSummary } from "#app/contract/job.ts";

export type HeldOrder = {
  jobs: JobSummary[];
  /** How many are held back, because they would push down what is shown. */
  waiting: number;
};

/**
 * The order of a list while somebody is in it: every row stays where it was shown, also one that would move or leave by
 * now, so that nothing moves under pointer, focus or eye. What comes below the last row is added; what would come above
 * waits. `find` tells the newest state of a job, undefined for one that is gone.
 */
export function holdOrder(
  ordered: readonly JobSummary[],
  shown: readonly string[],
  find: (jobId: string) => JobSummary | undefined,
): HeldOrder {
  const isShown = new Set(shown);
  const last = ordered.findLastIndex(({ jobId }) => isShown.has(jobId));
  const below = ordered.slice(last + 1);
  const jobs = shown.flatMap((jobId) => find(jobId) ?? []);
  if (jobs.length === 0) return { jobs: [...ordered], waiting: 0 };
  const waiting = ordered.slice(0, last).filter(({ jobId }) => !isShown.has(jobId)).length;
  return last === -1 ? { jobs, waiting: ordered.length } : { jobs: [...jobs, ...below], waiting };
}
