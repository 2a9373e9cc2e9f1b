import type { ArtifactStore } from "#app/server/artifacts/artifact-store.ts";
import type { Lock } from "#app/server/lock/lock.ts";
import type { Log } from "#app/server/log.server.ts";
import type { RemoveJob } from "./remove-job.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";

const PAGE = 100;
const DAY_MS = 24 * 3600 * 1000;

export type Retention = {
  /** Removes what has expired by now, where this instance is the one to do so. Resolves with how many jobs. */
  look(): Promise<number>;
  /** How many jobs this process has removed so far. */
  removed(): number;
  /** Stops, after the job that is being removed. */
  close(): Promise<void>;
};

/**
 * Removes final jobs that have not changed for `keepDays` days, oldest first and in batches, with their logs, results
 * and artifacts; viewers are told as of any removal. 0 keeps them for ever. A job that moves meanwhile is left alone.
 * The files that writes left half-way are swept along. One instance at a time by the lock; two would do no harm.
 */
export function createRetention(options: {
  repository: Pick<JobRepository, "findExpired">;
  removeJob: RemoveJob;
  artifacts: Pick<ArtifactStore, "sweep">;
  lock: Pick<Lock, "holds">;
  clock: () => number;
  keepDays: number;
  everyMs: number;
  log: Pick<Log, "error" | "info">;
}): Retention {
  const { repository, removeJob, artifacts, lock, clock, keepDays, everyMs, log } = options;
  let running: Promise<unknown> = Promise.resolve();
  let isClosing = false;
  let total = 0;

  async function removePage(): Promise<{ found: number; removed: number }> {
    const before = new Date(clock() - keepDays * DAY_MS).toISOString();
    const expired = await repository.findExpired(before, PAGE);
    let removed = 0;
    for (const job of expired) {
      if (isClosing) break;
      if ((await removeJob(job)) === "removed") removed += 1;
    }
    total += removed;
    return { found: expired.length, removed };
  }

  async function look(): Promise<number> {
    if (keepDays === 0) return 0;
    for (let sum = 0; ;) {
      if (isClosing || !(await lock.holds("retention"))) return sum;
      const { found, removed } = await removePage();
      sum += removed;
      // Whoever removed none of a full page leaves the rest to those who did.
      if (found < PAGE || removed === 0) return sum;
    }
  }

  async function sweep(): Promise<void> {
    if (await lock.holds("retention")) await artifacts.sweep();
  }

  const timer = setInterval(() => {
    running = running
      .then(sweep)
      .then(look)
      .then((jobs) => jobs > 0 && log.info({ jobs, keepDays }, "expired jobs were removed"))
      .catch((error: unknown) => log.error({ error }, "expired jobs could not be removed"));
  }, everyMs);
  timer.unref();

  return {
    look,
    removed: () => total,
    async close() {
      isClosing = true;
      clearInterval(timer);
      await running;
    },
  };
}
