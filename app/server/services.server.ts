import { type AcceptCallback, createAcceptCallback } from "./accept-callback.server.ts";
import { type Authenticate, createLocalSignIn } from "./authenticate.server.ts";
import type { JobBus } from "./bus/job-bus.ts";
import { createMemoryBus } from "./bus/job-bus.memory.server.ts";
import type { Env } from "./env.server.ts";
import { createJobStreams, type JobStreams } from "./job-streams.server.ts";
import type { Log } from "./log.server.ts";
import { createOpenJobStream } from "./open-job-stream.server.ts";
import { createReadJobs, type ReadJobs } from "./read-jobs.server.ts";
import { createRegisterJob, type RegisterJob } from "./register-job.server.ts";
import type { JobRepository } from "./repository/job-repository.ts";
import { createSqliteRepository } from "./repository/job-repository.sqlite.server.ts";

/** Everything a route may call. */
export type Services = ReadJobs & {
  authenticate: Authenticate;
  acceptCallback: AcceptCallback;
  registerJob: RegisterJob;
  streams: JobStreams;
  limits: { progressBytes: number; finalBytes: number };
  /** Where workers reach this server, if it is not where the request came to. */
  baseUrl: string | undefined;
  /** Resolves when repository and bus answer. */
  checkReady(): Promise<void>;
  /** Ends every stream, then lets go of bus and repository. */
  close(): Promise<void>;
};

/** The composition root: picks the adapters for an environment and wires the services. */
export function createServices({ env, log }: { env: Env; log: Log }): Services {
  const clock = Date.now;
  const repository: JobRepository = createSqliteRepository({ dataDir: env.JOBMON_DATA_DIR });
  const bus: JobBus = createMemoryBus((error) => log.error({ error }, "a stream failed to take an update"));
  const streams = createJobStreams({
    open: createOpenJobStream({ repository, bus }),
    heartbeatMs: env.HEARTBEAT_SECONDS * 1000,
    onError: (error) => log.error({ error }, "a stream was closed: the repository failed"),
  });
  return {
    ...createReadJobs(repository),
    authenticate: createLocalSignIn(),
    acceptCallback: createAcceptCallback({ repository, bus, clock, progressLimit: env.LIMIT_PROGRESS_BYTES }),
    registerJob: createRegisterJob({ repository, bus, clock }),
    streams,
    limits: { progressBytes: env.LIMIT_PROGRESS_BYTES, finalBytes: env.LIMIT_FINAL_BYTES },
    baseUrl: env.JOBMON_BASE_URL,
    checkReady: async () => void (await Promise.all([repository.check(), bus.check()])),
    async close() {
      streams.closeAll();
      await bus.close();
      await repository.close();
    },
  };
}
