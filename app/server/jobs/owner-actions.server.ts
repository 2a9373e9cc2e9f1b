import type { Job } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import type { User } from "#app/server/sign-in/authenticator.ts";
import type { ChangeJob } from "./change-job.server.ts";
import type { RemoveJob } from "./remove-job.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";

/** What an owner's wish came to. `refused`: the job's present state does not allow it. */
export type OwnerOutcome = { kind: "done"; job: Job } | { kind: "refused"; job: Job } | { kind: "not_found" };

export type OwnerActions = {
  /** Asks a running job's worker to stop; a job that never reported ends at once. Asking twice is asking once. */
  cancelJob(user: User, jobId: string): Promise<OwnerOutcome>;
  /** Has what of its files did not come fetched once more; refused where nothing is missing or nobody can fetch it. */
  fetchAgain(user: User, jobId: string): Promise<OwnerOutcome>;
  /** Removes a final job with its files and tells every viewer. */
  removeJob(user: User, jobId: string): Promise<OwnerOutcome>;
};

export function createOwnerActions(options: {
  repository: Pick<JobRepository, "find">;
  changeJob: ChangeJob;
  removeJob: RemoveJob;
  /** Whether there is a Secretary to fetch files from. */
  canFetch: () => boolean;
  clock: () => number;
}): OwnerActions {
  const { repository, changeJob, removeJob, canFetch, clock } = options;
  const now = (): string => new Date(clock()).toISOString();
  return {
    async cancelJob({ userEmail }, jobId) {
      if ((await repository.find(userEmail, jobId)) === undefined) return { kind: "not_found" };
      const changed = await changeJob(jobId, { type: "cancel_requested", at: now() });
      if (changed === undefined) return { kind: "not_found" };
      const isRefused = !changed.applied && changed.reason === "after_final";
      return { kind: isRefused ? "refused" : "done", job: changed.job };
    },

    async fetchAgain({ userEmail }, jobId) {
      const job = await repository.find(userEmail, jobId);
      if (job === undefined) return { kind: "not_found" };
      if (!canFetch()) return { kind: "refused", job };
      const changed = await changeJob(jobId, { type: "parts_requested", at: now() });
      if (changed === undefined) return { kind: "not_found" };
      return { kind: changed.applied ? "done" : "refused", job: changed.job };
    },

    async removeJob({ userEmail }, jobId) {
      for (;;) {
        const job = await repository.find(userEmail, jobId);
        if (job === undefined) return { kind: "not_found" };
        if (!isFinal(job.status)) return { kind: "refused", job };
        if ((await removeJob(job)) === "removed") return { kind: "done", job };
      }
    },
  };
}
