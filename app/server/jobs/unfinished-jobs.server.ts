import type { JobRepository, UnfinishedJobs } from "#app/server/repository/job-repository.ts";

const KEPT_MS = 15_000;
const CAP = 10_000;

/**
 * Counts the jobs that are not final, asking the repository at most every 15 s, however often somebody wants to know.
 * Undefined while it does not answer: no number is better than an old one.
 */
export function createUnfinishedJobs(options: {
  repository: Pick<JobRepository, "countUnfinished">;
  clock: () => number;
}): () => Promise<UnfinishedJobs | undefined> {
  const { repository, clock } = options;
  let counts: Promise<UnfinishedJobs | undefined> = Promise.resolve(undefined);
  let countedAt = -Infinity;

  return () => {
    const now = clock();
    if (now - countedAt >= KEPT_MS) {
      countedAt = now;
      counts = repository.countUnfinished(new Date(now).toISOString(), CAP).catch(() => undefined);
    }
    return counts;
  };
}
