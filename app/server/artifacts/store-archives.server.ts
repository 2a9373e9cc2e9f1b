import { buffer } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import type { Job } from "#app/contract/job.ts";
import type { JobEvent } from "#app/contract/job-event.ts";
import type { CallbackWorker } from "#app/server/callback-body/callback-worker-pool.server.ts";
import { createMemoryBudget } from "#app/server/callback-body/memory-budget.ts";
import type { ChangeJob } from "#app/server/jobs/change-job.server.ts";
import type { Log } from "#app/server/log.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { type ArtifactStore, ArtifactStoreError } from "./artifact-store.ts";

const IMAGES = { name: "images.zip", type: "application/zip" } as const;
const PAGE = 100;
/** How much of archives is in memory at once. */
const BYTES_AT_ONCE = 32 * 1024 * 1024;
const MAX_STORE_FAILURES = 5;

export type ArchiveStorage = {
  /** Brings a job in `pending-storage` to its end, in the background. `fault`: its archive never arrived whole. */
  store(job: Job, fault?: string): void;
  /** Does so for every job that a crash left in between. */
  resume(): void;
  /** Waits for the step that is under way; what is not finished is left to the next `resume`. */
  close(): Promise<void>;
};

/**
 * Checks the archive of a final and makes it an artifact, or says why not; either way the job ends. Each step may be
 * done again after a crash: the file is renamed first, then the job says that it has it; the job says that it is
 * refused first, then the file goes. What fails is tried again; a job whose files cannot be stored five times ends
 * as refused.
 */
export function createArchiveStorage(options: {
  repository: Pick<JobRepository, "findStoring">;
  artifacts: ArtifactStore;
  changeJob: ChangeJob;
  worker: Pick<CallbackWorker, "checkArchive">;
  clock: () => number;
  log: Pick<Log, "error">;
  /** Between two tries. */
  retryMs?: number;
}): ArchiveStorage {
  const { repository, artifacts, changeJob, worker, clock, log, retryMs = 5_000 } = options;
  const running = new Map<string, Promise<void>>();
  const openShare = createMemoryBudget(BYTES_AT_ONCE);
  const closing = new AbortController();

  const now = (): string => new Date(clock()).toISOString();
  const refused = (reason: string): JobEvent => ({ type: "artifacts_refused", at: now(), reason });

  async function judge({ jobId, archive }: Job, fault: string | undefined): Promise<JobEvent> {
    const staged = archive && (await artifacts.open(jobId, archive.name));
    const stored = staged ?? (archive && (await artifacts.open(jobId, IMAGES.name)));
    if (archive === undefined || stored === undefined) {
      return refused(fault ?? "the archive of the final did not arrive whole");
    }
    if (staged !== undefined) {
      const { grow, release } = openShare();
      try {
        await grow(staged.size);
        const check = await worker.checkArchive(await buffer(staged.content));
        if (!check.ok) return refused(check.reason);
      } finally {
        release();
      }
      await artifacts.rename(jobId, archive.name, IMAGES.name);
    }
    return { type: "artifacts_stored", at: now(), artifacts: [{ ...IMAGES, size: stored.size }] };
  }

  async function finish(job: Job, event: JobEvent): Promise<void> {
    await changeJob(job.jobId, event);
    if (event.type === "artifacts_refused" && job.archive)
      await artifacts.remove(job.jobId, job.archive.name);
  }

  /** Until it succeeds, or the end of the process leaves it to the next. */
  async function persist(action: () => Promise<void>, failed: (error: unknown) => void): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        return await action();
      } catch (error) {
        failed(error);
        await wait(retryMs, undefined, { signal: closing.signal }).catch(() => {});
      }
    }
  }

  async function bringToEnd(job: Job, fault: string | undefined): Promise<void> {
    let failures = 0;
    const action = async (): Promise<void> => {
      const isHopeless = failures >= MAX_STORE_FAILURES;
      await finish(job, isHopeless ? refused("the archive could not be stored") : await judge(job, fault));
    };
    await persist(action, (error) => {
      if (error instanceof ArtifactStoreError) failures += 1;
      log.error({ error, jobId: job.jobId }, "the files of a final are not stored yet");
    });
  }

  function store(job: Job, fault?: string): void {
    if (running.has(job.jobId)) return;
    const work = bringToEnd(job, fault).finally(() => running.delete(job.jobId));
    running.set(job.jobId, work);
  }

  async function storeAllLeft(): Promise<void> {
    for (let isMore = true; isMore;) {
      const limit = running.size + PAGE;
      const left = await repository.findStoring(limit);
      const unknown = left.filter(({ jobId }) => !running.has(jobId));
      for (const job of unknown.filter(hasOpenArchive)) store(job);
      isMore = left.length === limit && unknown.some(hasOpenArchive);
    }
  }

  let resuming = Promise.resolve();
  return {
    store,
    resume() {
      resuming = persist(storeAllLeft, (error) =>
        log.error({ error }, "unfinished files could not be looked for"),
      );
    },
    async close() {
      closing.abort();
      await resuming;
      await Promise.all(running.values());
    },
  };
}

/** Where other parts of the final are fetched, its archive is one of them. */
function hasOpenArchive({ status, parts }: Job): boolean {
  if (status !== "pending-storage") return false;
  return parts === undefined || parts.some(({ kind, state }) => kind === "archive" && state === "waiting");
}
