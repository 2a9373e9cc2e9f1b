import type { ArtifactStore } from "#app/server/artifacts/artifact-store.ts";
import { createRedisBus } from "#app/server/bus/job-bus.redis.server.ts";
import type { JobBus } from "#app/server/bus/job-bus.ts";
import type { Env } from "#app/server/env.server.ts";
import { createRedisLock } from "#app/server/lock/lock.redis.server.ts";
import type { Lock } from "#app/server/lock/lock.ts";
import type { Log } from "#app/server/log.server.ts";
import { createMetrics, type Metrics } from "#app/server/metrics.server.ts";
import type { Redis } from "#app/server/redis/connect-redis.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import { openStorage } from "#app/server/storage/storage.server.ts";
import { version } from "#app/server/version.server.ts";

/** What every part of the server stands on: the adapters of the ports, and what measures them. */
export type Ground = {
  env: Env;
  log: Log;
  clock: () => number;
  repository: JobRepository;
  artifacts: ArtifactStore;
  bus: JobBus;
  /** One instance at a time, or each while Redis is away. */
  lock: Pick<Lock, "holds">;
  /** The same where the jobs are, whatever Redis does. */
  storageLock: Lock;
  /** Where several instances share more than jobs. */
  redis: Redis | undefined;
  metrics: Metrics;
  close(): Promise<void>;
};

/** Picks the adapters for an environment. Rejects with `DataFolderError` or `MongoStartError` where the storage cannot be used. */
export async function openGround({ env, log }: { env: Env; log: Log }): Promise<Ground> {
  const clock = Date.now;
  const storage = await openStorage({ env, log, clock });
  const metrics = createMetrics({ version });
  const onError = (error: unknown) => log.error({ error }, "a stream failed to take an update");
  const redis = await openRedis(env, log);
  const bus = redis === undefined ? storage.openBus(onError) : createRedisBus({ redis, onError });
  return {
    env,
    log,
    clock,
    repository: storage.repository,
    artifacts: storage.artifacts,
    bus: metrics.timedBus(bus),
    lock: redis === undefined ? storage.lock : createRedisLock(redis),
    storageLock: storage.lock,
    redis,
    metrics,
    async close() {
      await bus.close();
      redis?.close();
      await storage.close();
    },
  };
}

/** The driver is loaded by those who use it. */
async function openRedis(env: Env, log: Log): Promise<Redis | undefined> {
  if (!env.REDIS_URL) return undefined;
  const { connectRedis } = await import("#app/server/redis/connect-redis.server.ts");
  return connectRedis({ url: env.REDIS_URL, prefix: env.REDIS_PREFIX, log });
}
