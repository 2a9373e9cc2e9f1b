import type { ChangeJob } from "#app/server/jobs/change-job.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";

const PAGE = 100;

/**
 * Where no Secretary can be asked any more, nobody will fetch what jobs still wait for: they end without. Resolves with
 * how many parts were given up.
 */
export async function abandonParts(options: {
  repository: Pick<JobRepository, "findStoring">;
  changeJob: ChangeJob;
  clock: () => number;
}): Promise<number> {
  const { repository, changeJob, clock } = options;
  for (let count = 0, limit = PAGE; ; limit += PAGE) {
    const jobs = await repository.findStoring(limit);
    for (const { jobId, parts = [] } of jobs) {
      for (const { name, kind, state } of parts) {
        if (kind === "archive" || state !== "waiting") continue;
        const at = new Date(clock()).toISOString();
        await changeJob(jobId, {
          type: "part_settled",
          at,
          name,
          state: "missing",
          fault: { code: "refused" },
        });
        count += 1;
      }
    }
    if (jobs.length < limit) return count;
  }
}
