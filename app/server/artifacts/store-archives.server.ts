import { buffer } from "node:stream/consumers";
import type { Job } from "#app/contract/job.ts";
import type { JobEvent } from "#app/contract/job-event.ts";
import type { CallbackWorker } from "#app/server/callback-body/callback-worker-pool.server.ts";
import type { ChangeJob } from "#app/server/change-job.server.ts";
import type { Log } from "#app/server/log.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import type { ArtifactStore } from "./artifact-store.ts";

const IMAGES = { name: "images.zip", type: "application/zip" } as const;
const PAGE = 100;

export type ArchiveStorage = {
  /** Brings a job in `pending-storage` to its end, in the background. `fault`: its archive never arrived whole. */
  store(job: Job, fault?: string): void;
  /** Does so for every job that a crash left in between. */
  resume(): void;
  /** Waits for what is under way. */
  close(): Promise<void>;
};

/**
 * Checks the archive of a final and makes it an artifact, or says why not; either way the job ends. Each step may be
 * done again after a crash: the file is renamed first, then the job says that it has it.
 */
export function createArchiveStorage(options: {
  repository: Pick<JobRepository, "findStoring">;
  artifacts: ArtifactStore;
  changeJob: ChangeJob;
  worker: Pick<CallbackWorker, "checkArchive">;
  clock: () => number;
  log: Log;
}): ArchiveStorage {
  const { repository, artifacts, changeJob, worker, clock, log } = options;
  const running = new Map<string, Promise<void>>();

  async function judge({ jobId, archive }: Job, fault: string | undefined): Promise<JobEvent> {
    const at = (): string => new Date(clock()).toISOString();
    const staged = archive && (await artifacts.open(jobId, archive.name));
    const stored = staged ?? (archive && (await artifacts.open(jobId, IMAGES.name)));
    if (archive === undefined || stored === undefined) {
      const reason = fault ?? "the archive of the final did not arrive whole";
      return { type: "artifacts_refused", at: at(), reason };
    }
    if (staged !== undefined) {
      const check = await worker.checkArchive(await buffer(staged.content));
      if (!check.ok) {
        await artifacts.remove(jobId, archive.name);
        return { type: "artifacts_refused", at: at(), reason: check.reason };
      }
      await artifacts.rename(jobId, archive.name, IMAGES.name);
    }
    return { type: "artifacts_stored", at: at(), artifacts: [{ ...IMAGES, size: stored.size }] };
  }

  function store(job: Job, fault?: string): void {
    if (running.has(job.jobId)) return;
    const work = judge(job, fault)
      .then((event) => changeJob(job.jobId, event))
      .catch((error: unknown) =>
        log.error({ error, jobId: job.jobId }, "the files of a final are not stored yet"),
      )
      .then(() => void running.delete(job.jobId));
    running.set(job.jobId, work);
  }

  async function resume(): Promise<void> {
    const left = await repository.findStoring(PAGE);
    for (const job of left) store(job);
    await Promise.all(running.values());
    if (left.length === PAGE) await resume();
  }

  let resuming: Promise<void> = Promise.resolve();
  return {
    store,
    resume() {
      resuming = resume().catch((error: unknown) =>
        log.error({ error }, "unfinished files could not be looked for"),
      );
    },
    async close() {
      await resuming;
      await Promise.all(running.values());
    },
  };
}
