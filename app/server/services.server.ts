import { type AcceptCallback, createAcceptCallback } from "./accept-callback.server.ts";
import { createReadArtifacts, type ReadArtifacts } from "./artifacts/read-artifacts.server.ts";
import { createStageFiles } from "./artifacts/stage-files.server.ts";
import { createArchiveStorage } from "./artifacts/store-archives.server.ts";
import { createAuthoriseCallback } from "./authorise-callback.server.ts";
import type { JobBus } from "./bus/job-bus.ts";
import { createRedisBus } from "./bus/job-bus.redis.server.ts";
import { createCallbackParser } from "./callback-body/callback-parser.server.ts";
import { createCallbackWorker } from "./callback-body/callback-worker-pool.server.ts";
import { createReadCallback, type ReadCallback } from "./callback-body/read-callback.server.ts";
import { createSharedCallbackRate } from "./callback-rate.redis.server.ts";
import { createCallbackRate } from "./callback-rate.server.ts";
import { createChangeJob } from "./change-job.server.ts";
import { defined } from "#app/contract/defined.ts";
import type { Env } from "./env.server.ts";
import { createJobStreams, type JobStreams } from "./live/job-streams.server.ts";
import { liveClock } from "./live/live-clock.server.ts";
import { createOpenStream, type OpenStream } from "./live/open-stream.server.ts";
import { createSharedStreamCaps } from "./live/shared-stream-caps.redis.server.ts";
import { createOpenJobStream } from "./live/open-job-stream.server.ts";
import { createStreamGauges } from "./live/stream-gauges.ts";
import { STREAM_LIMITS } from "./live/stream-limits.ts";
import { createUserFeeds } from "./live/user-feeds.server.ts";
import { createRedisLock } from "./lock/lock.redis.server.ts";
import type { Log } from "./log.server.ts";
import { createMetrics, type Metrics } from "./metrics.server.ts";
import { createOwnerActions, type OwnerActions } from "./owner-actions.server.ts";
import { askParts, type Readiness } from "./readiness.server.ts";
import { createReadJobs, type ReadJobs } from "./read-jobs.server.ts";
import { connectRedis } from "./redis/connect-redis.server.ts";
import { createRegisterJob, type RegisterJob } from "./register-job.server.ts";
import { createRemoveJob } from "./remove-job.server.ts";
import { createRotateToken, type RotateToken } from "./rotate-token.server.ts";
import { createRetention } from "./retention.server.ts";
import { createFailureLimit, type FailureLimit } from "./security/failure-limit.server.ts";
import { createSignIn, type SignIn } from "./sign-in/create-sign-in.server.ts";
import { createSignOut, type SignOut } from "./sign-in/sign-out.server.ts";
import { abandonParts } from "./secretary/abandon-parts.server.ts";
import { createPlanParts } from "./secretary/plan-parts.ts";
import { createSecretaryClient } from "./secretary/secretary-client.server.ts";
import { createSecretary, secretarySettings } from "./secretary/secretary.server.ts";
import { createTakeReport } from "./take-report.server.ts";
import { openStorage } from "./storage.server.ts";
import { version } from "./version.server.ts";
import { createWatchdog } from "./watchdog.server.ts";

/** Everything a route may call. */
export type Services = ReadJobs &
  ReadArtifacts &
  OwnerActions &
  SignIn & {
    signOut: SignOut;
    readCallback: ReadCallback;
    acceptCallback: AcceptCallback;
    /** Counts a caller without a good token. */
    failureLimit: FailureLimit;
    registerJob: RegisterJob;
    rotateToken: RotateToken;
    streams: JobStreams;
    openStream: OpenStream;
    metrics: Metrics;
    bodyOptions: { limit: number; stallMs: number };
    /** Where workers reach this server, if it is not where the request came to. */
    baseUrl: string | undefined;
    /** Whether repository and bus answer, and this instance is not about to stop. */
    readiness(): Promise<Readiness>;
    /** Not ready from now on; every viewer is told when to come back, the last after half of this time. */
    drain(drainMs: number): void;
    /** Ends every stream, finishes what is being written, then lets go of bus and repository. */
    close(): Promise<void>;
  };

/**
 * The composition root: picks the adapters for an environment and wires the services. Rejects with `DataFolderError` or
 * `MongoStartError` where the storage cannot be used.
 */
export async function createServices({ env, log }: { env: Env; log: Log }): Promise<Services> {
  const clock = Date.now;
  const storage = await openStorage({ env, log, clock });
  const { repository, artifacts } = storage;
  const metrics = createMetrics({ version });
  const onError = (error: unknown) => log.error({ error }, "a stream failed to take an update");
  const redis = env.REDIS_URL
    ? connectRedis({ url: env.REDIS_URL, prefix: env.REDIS_PREFIX, log })
    : undefined;
  const bus: JobBus = metrics.timedBus(
    redis === undefined ? storage.openBus(onError) : createRedisBus({ redis, onError }),
  );
  const signIn = createSignIn({ env, clock, log });
  const worker = createCallbackWorker();
  const changeJob = metrics.countedChanges(createChangeJob({ repository, bus }));
  const removeJob = createRemoveJob({ repository, bus, artifacts, clock });
  const archives = createArchiveStorage({ repository, artifacts, changeJob, worker, clock, log });
  const asking = secretarySettings(env);
  const secretaryClient = asking && createSecretaryClient(asking);
  const takeReport = createTakeReport({
    changeJob,
    stageFiles: createStageFiles(artifacts),
    archives,
    planParts: secretaryClient && createPlanParts(secretaryClient.pathOf),
    clock,
  });
  const lock = redis === undefined ? storage.lock : createRedisLock(redis);
  const secretary =
    asking &&
    secretaryClient &&
    createSecretary({
      settings: asking,
      client: secretaryClient,
      repository,
      artifacts,
      changeJob,
      takeReport,
      worker: createCallbackWorker(),
      lock,
      clock,
      log,
    });
  const watchdog = createWatchdog({
    repository,
    changeJob,
    clock,
    everyMs: env.WATCHDOG_SECONDS * 1000,
    log,
    isAskedFirst: (job) => secretary?.isAskedFirst(job) ?? false,
  });
  const retention = createRetention({
    repository,
    removeJob,
    artifacts,
    lock,
    clock,
    keepDays: env.RETENTION_DAYS,
    everyMs: env.WATCHDOG_SECONDS * 1000,
    log,
  });
  const gauges = createStreamGauges();
  const feeds = createUserFeeds({ repository, bus, clock: liveClock, gauges });
  const streams = createJobStreams({
    open: metrics.timedStarts(createOpenJobStream({ repository, feeds, gauges })),
    limits: {
      ...STREAM_LIMITS,
      heartbeatMs: env.HEARTBEAT_SECONDS * 1000,
      streamsPerUser: env.STREAMS_PER_USER,
      streamsPerProcess: env.STREAMS_PER_PROCESS,
    },
    clock: liveClock,
    gauges,
    onError: (error) => log.error({ error }, "a stream was closed: the repository failed"),
  });
  const caps =
    redis &&
    createSharedStreamCaps({ redis, streamsPerUser: env.STREAMS_PER_USER, clock: liveClock, now: clock });
  metrics.show({ streams, gauges, retention, watchdog, repository, clock, secretary });
  let isStopping = false;
  const progressLimit = env.LIMIT_PROGRESS_BYTES;
  const stallMs = env.BODY_STALL_SECONDS * 1000;

  archives.resume();
  if (asking === undefined) {
    abandonParts({ repository, changeJob, clock }).catch((error: unknown) =>
      log.error({ error }, "jobs may wait for files that nobody fetches"),
    );
  }
  return {
    ...createReadJobs({ repository, artifacts }),
    ...createReadArtifacts({ repository, artifacts }),
    ...createOwnerActions({
      repository,
      changeJob,
      removeJob,
      canFetch: () => secretary !== undefined && secretary.state() !== "refused",
      clock,
    }),
    ...signIn,
    signOut: createSignOut({ endedSessions: signIn.endedSessions, streams }),
    readCallback: createReadCallback({
      parse: createCallbackParser({
        worker,
        secretaryUrl: env.SECRETARY_URL,
        secretaryKey: env.SECRETARY_API_KEY,
      }),
      progressLimit,
      finalLimit: env.LIMIT_FINAL_BYTES,
      stallMs,
      clock,
    }),
    acceptCallback: metrics.countedCallbacks(
      createAcceptCallback({
        authorise: createAuthoriseCallback({ repository, clock }),
        takeReport,
        rate: redis === undefined ? createCallbackRate() : createSharedCallbackRate(redis),
        clock,
        progressLimit,
      }),
    ),
    failureLimit: createFailureLimit(clock),
    rotateToken: createRotateToken({ repository, changeJob, clock }),
    registerJob: createRegisterJob({
      repository,
      bus,
      clock,
      checkAfterSeconds: asking?.checkAfterSeconds,
    }),
    streams,
    openStream: createOpenStream({ streams, caps }),
    metrics,
    bodyOptions: { limit: progressLimit, stallMs },
    baseUrl: env.JOBMON_BASE_URL,
    readiness() {
      const checks = { repository: () => repository.check(), bus: () => bus.check() };
      if (isStopping) return Promise.resolve({ isReady: false, parts: { server: "stopping" } });
      const extra = defined({ secretary: secretary?.state() });
      return askParts(checks, (part, error) => log.warn({ part, error }, "a part does not work"), extra);
    },
    drain(drainMs) {
      isStopping = true;
      streams.closeAll(drainMs);
    },
    async close() {
      streams.closeAll();
      caps?.close();
      feeds.close();
      await secretary?.close();
      await watchdog.close();
      await retention.close();
      await archives.close();
      await worker.close();
      await bus.close();
      redis?.close();
      await storage.close();
    },
  };
}
