import type { Job } from "#app/contract/job.ts";
import type { ChangeJob } from "./change-job.server.ts";
import type { Log } from "#app/server/log.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";

const PAGE = 100;
/** How long a removed job is remembered, for late callbacks and for viewers that were away. */
const TOMBSTONE_KEPT_MS = 30 * 24 * 3600 * 1000;

export type Watchdog = {
  /** Looks once: fails every job that has been silent for too long. Resolves with how many. */
  look(): Promise<number>;
  /** Forgets what was removed more than 30 days ago. Resolves with how many. */
  sweep(): Promise<number>;
  /** What this process has done so far: jobs given up, removed jobs forgotten, looks that failed. */
  counts(): { givenUp: number; swept: number; faults: number };
  /** Stops looking and waits for the look under way. */
  close(): Promise<void>;
};

/**
 * Ends jobs whose worker died, once it was asked where it can be (design: state rules, 3). A query, not a timer per job, so it survives restarts; each
 * job is failed by a guarded write, so any number of instances may look at once.
 */
export function createWatchdog(options: {
  repository: JobRepository;
  changeJob: ChangeJob;
  clock: () => number;
  everyMs: number;
  log: Log;
  /** Whether somebody is about to ask the worker first. */
  isAskedFirst?: (job: Job) => boolean;
}): Watchdog {
  const { repository, changeJob, clock, everyMs, log, isAskedFirst = () => false } = options;
  const counts = { givenUp: 0, swept: 0, faults: 0 };
  let running: Promise<unknown> = Promise.resolve();

  async function look(): Promise<number> {
    const at = new Date(clock()).toISOString();
    const silent = await repository.findSilent(at, PAGE);
    let failed = 0;
    for (const job of silent) {
      if (isAskedFirst(job)) continue;
      const changed = await changeJob(job.jobId, { type: "silence_exceeded", at });
      if (changed?.applied) failed += 1;
    }
    counts.givenUp += failed;
    // Whoever ended none of a full page leaves the rest to those who did.
    const isMore = silent.length === PAGE && failed > 0;
    return isMore ? failed + (await look()) : failed;
  }

  async function sweep(): Promise<number> {
    const before = new Date(clock() - TOMBSTONE_KEPT_MS).toISOString();
    const swept = await repository.sweepTombstones(before, PAGE);
    counts.swept += swept;
    return swept === PAGE ? swept + (await sweep()) : swept;
  }

  const timer = setInterval(() => {
    running = running
      .then(look)
      .then(sweep)
      .catch((error: unknown) => {
        counts.faults += 1;
        log.error({ error }, "the watchdog could not look");
      });
  }, everyMs);
  timer.unref();

  return {
    look,
    sweep,
    counts: () => counts,
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
