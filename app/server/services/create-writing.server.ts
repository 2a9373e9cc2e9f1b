import { createStageFiles } from "#app/server/artifacts/stage-files.server.ts";
import { createArchiveStorage } from "#app/server/artifacts/store-archives.server.ts";
import {
  type CallbackWorker,
  createCallbackWorker,
} from "#app/server/callback-body/callback-worker-pool.server.ts";
import { type ChangeJob, createChangeJob } from "#app/server/jobs/change-job.server.ts";
import { createRemoveJob, type RemoveJob } from "#app/server/jobs/remove-job.server.ts";
import { createPlanParts } from "#app/server/secretary/plan-parts.ts";
import type { SecretaryClient } from "#app/server/secretary/secretary-client.server.ts";
import { createTakeReport, type TakeReport } from "#app/server/callback/take-report.server.ts";
import type { Ground } from "./open-ground.server.ts";

/** The ways in which jobs change, whoever wants it: a worker, the owner, or jobmon itself. */
export type Writing = {
  changeJob: ChangeJob;
  removeJob: RemoveJob;
  takeReport: TakeReport;
  /** The thread for large callbacks. */
  worker: CallbackWorker;
  /** Finishes what is being written. */
  close(): Promise<void>;
};

/** Goes on with the files that were being stored when the server ended. `client`: files can be fetched from the Secretary. */
export function createWriting(ground: Ground, client: SecretaryClient | undefined): Writing {
  const { repository, artifacts, bus, metrics, clock, log } = ground;
  const worker = createCallbackWorker();
  const changeJob = metrics.countedChanges(createChangeJob({ repository, bus }));
  const archives = createArchiveStorage({ repository, artifacts, changeJob, worker, clock, log });
  archives.resume();
  return {
    changeJob,
    removeJob: createRemoveJob({ repository, bus, artifacts, clock }),
    takeReport: createTakeReport({
      changeJob,
      stageFiles: createStageFiles(artifacts),
      archives,
      planParts: client && createPlanParts(client.pathOf),
      clock,
    }),
    worker,
    async close() {
      await archives.close();
      await worker.close();
    },
  };
}
