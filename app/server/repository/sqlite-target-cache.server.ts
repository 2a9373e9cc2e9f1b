import type { Job } from "#app/contract/job.ts";
import type { CallbackTarget } from "./job-repository.ts";

const TARGETS_KEPT = 1_000;

/** What the last callbacks were checked against, so that the next one of the same job reads nothing. */
export type TargetCache = {
  /** The target as it is stored, from memory or else by `read`. */
  get(jobId: string, read: () => CallbackTarget | undefined): CallbackTarget | undefined;
  /** The job was written like this, and the write is durable. */
  update(job: Job): void;
  /** What is known of the job may be wrong. */
  forget(jobId: string): void;
};

/** Right because one process holds the data folder: nobody else changes what is stored. */
export function createTargetCache(): TargetCache {
  const targets = new Map<string, CallbackTarget>();

  function keep(jobId: string, target: CallbackTarget): void {
    targets.delete(jobId);
    targets.set(jobId, target);
    const [oldest] = targets.keys();
    if (targets.size > TARGETS_KEPT && oldest !== undefined) targets.delete(oldest);
  }

  return {
    get(jobId, read) {
      const target = targets.get(jobId) ?? read();
      if (target !== undefined) keep(jobId, target);
      return target;
    },
    update(job) {
      const target = targets.get(job.jobId);
      if (target !== undefined) keep(job.jobId, { ...target, job });
    },
    forget: (jobId) => void targets.delete(jobId),
  };
}
