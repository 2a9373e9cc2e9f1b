import { createCallbackWorker } from "#app/server/callback-body/callback-worker-pool.server.ts";
import { createRetention, type Retention } from "#app/server/jobs/retention.server.ts";
import { abandonParts } from "#app/server/secretary/abandon-parts.server.ts";
import type { SecretaryClient } from "#app/server/secretary/secretary-client.server.ts";
import { createSecretary, type Secretary } from "#app/server/secretary/secretary.server.ts";
import type { SecretarySettings } from "#app/server/secretary/secretary-variables.ts";
import { createWatchdog, type Watchdog } from "#app/server/jobs/watchdog.server.ts";
import type { Writing } from "./create-writing.server.ts";
import type { Ground } from "./open-ground.server.ts";

/** What goes on without anybody asking: the Secretary is asked, silent jobs are ended, old ones removed. */
export type Upkeep = {
  /** Undefined where there is none that can be asked. */
  secretary: Secretary | undefined;
  watchdog: Watchdog;
  retention: Retention;
  close(): Promise<void>;
};

/** Begins at once. */
export function createUpkeep(
  ground: Ground,
  writing: Writing,
  asking: { settings: SecretarySettings; client: SecretaryClient } | undefined,
): Upkeep {
  const { env, repository, artifacts, lock, storageLock, clock, log } = ground;
  const { changeJob, removeJob, takeReport } = writing;
  const everyMs = env.WATCHDOG_SECONDS * 1000;
  const secretary =
    asking &&
    createSecretary({
      ...asking,
      repository,
      artifacts,
      changeJob,
      takeReport,
      worker: createCallbackWorker(),
      lock: storageLock,
      clock,
      log,
    });
  const watchdog = createWatchdog({
    repository,
    changeJob,
    clock,
    everyMs,
    log,
    isAskedFirst: (job) => secretary?.isAskedFirst(job) ?? false,
  });
  const keepDays = env.RETENTION_DAYS;
  const retention = createRetention({
    repository,
    removeJob,
    artifacts,
    lock,
    clock,
    keepDays,
    everyMs,
    log,
  });
  if (secretary === undefined) {
    abandonParts({ repository, changeJob, clock }).catch((error: unknown) =>
      log.error({ error }, "jobs may wait for files that nobody fetches"),
    );
  }
  return {
    secretary,
    watchdog,
    retention,
    async close() {
      await secretary?.close();
      await watchdog.close();
      await retention.close();
    },
  };
}
