import type { Job } from "#app/contract/job.ts";
import type { ArtifactStore } from "#app/server/artifacts/artifact-store.ts";
import type { JobBus } from "#app/server/bus/job-bus.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";

export type RemoveJob = (job: Job) => Promise<"removed" | "conflict">;

/**
 * Removes a final job as it was read, with its lines, deliveries and files, and tells every viewer. `conflict`: it has
 * changed since, or is gone, and nothing was done.
 */
export function createRemoveJob(options: {
  repository: Pick<JobRepository, "remove">;
  bus: Pick<JobBus, "publish">;
  artifacts: Pick<ArtifactStore, "removeAll">;
  clock: () => number;
}): RemoveJob {
  const { repository, bus, artifacts, clock } = options;
  return async (job) => {
    const removed = await repository.remove(job, new Date(clock()).toISOString());
    if (removed === "conflict") return "conflict";
    bus.publish({ userEmail: job.userEmail, seq: removed.seq, job, logs: [], isRemoved: true });
    await artifacts.removeAll(job.jobId);
    return "removed";
  };
}
