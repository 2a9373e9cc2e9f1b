import type { Job } from "#app/contract/job.ts";
import { isProcessId } from "#app/contract/process-id.ts";
import type { CallbackWorker } from "#app/server/callback-body/callback-worker-pool.server.ts";
import { createCallbackParser } from "#app/server/callback-body/callback-parser.server.ts";
import type { ChangeJob } from "#app/server/change-job.server.ts";
import type { Env } from "#app/server/env.server.ts";
import type { Lock } from "#app/server/lock/lock.ts";
import type { Log } from "#app/server/log.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import type { TakeReport } from "#app/server/take-report.server.ts";
import { createUnfinishedJobs } from "#app/server/unfinished-jobs.server.ts";
import type { ArtifactStore } from "#app/server/artifacts/artifact-store.ts";
import { type Asker, createAsker, type QuestionOutcome } from "./asker.server.ts";
import { createAskSecretary } from "./ask-secretary.server.ts";
import { createCircuitBreaker } from "./circuit-breaker.ts";
import { createFetchFile } from "./fetch-file.server.ts";
import { createFetchResult } from "./fetch-result.server.ts";
import { createFetcher, type FetchedOutcome, type Fetcher } from "./fetcher.server.ts";
import { createFollower, type Follower } from "./follower.server.ts";
import { createQuestionRate } from "./question-rate.ts";
import { createSecretaryAccess, type SecretaryState } from "./secretary-access.ts";
import type { SecretaryClient } from "./secretary-client.server.ts";

/** So long nobody asks after the instance that did was killed; one that stops lets go at once. */
const HELD_MS = 10_000;
const LOCK = "secretary";

/** Everything that asks the Secretary, as the rest of the server sees it. */
export type Secretary = {
  state(): SecretaryState;
  /** Whether a job is going to be asked about before it may be given up. */
  isAskedFirst(job: Job): boolean;
  /** How many questions wait for their answer, and how many files are fetched or waited for. */
  waiting(): { questions: number; files: number };
  /** How the questions and files of this process ended so far. */
  outcomes(): {
    questions: ReadonlyMap<QuestionOutcome, number>;
    files: ReadonlyMap<FetchedOutcome, number>;
  };
  close(): Promise<void>;
};

export type SecretarySettings = {
  url: string;
  key: string;
  checkAfterSeconds: number;
  concurrency: number;
  waitSeconds: number;
  limitBytes: number;
};

/** The settings of the environment; undefined where there is no Secretary that can be asked. */
export function secretarySettings(env: Env): SecretarySettings | undefined {
  const { SECRETARY_URL: url, SECRETARY_API_KEY: key } = env;
  if (url === undefined || key === undefined) return undefined;
  return {
    url,
    key,
    checkAfterSeconds: env.SECRETARY_CHECK_AFTER_SECONDS,
    concurrency: env.SECRETARY_CONCURRENCY,
    waitSeconds: env.ARTIFACT_WAIT_SECONDS,
    limitBytes: Math.floor(env.LIMIT_ARTIFACT_MB * 1024 * 1024),
  };
}

/** Wires what asks and fetches, and has it look about once a second, on the one instance that holds the lock. */
export function createSecretary(options: {
  settings: SecretarySettings;
  client: SecretaryClient;
  repository: JobRepository;
  artifacts: ArtifactStore;
  changeJob: ChangeJob;
  takeReport: TakeReport;
  /** A thread of its own for large answers, so that no callback waits for one. */
  worker: CallbackWorker;
  /** That of the storage, so that there is one asker also while Redis is away. */
  lock: Lock;
  clock: () => number;
  log: Log;
}): Secretary {
  const { settings, client, repository, artifacts, changeJob, takeReport, worker, lock, clock, log } =
    options;
  const { url, key, checkAfterSeconds, concurrency, waitSeconds, limitBytes } = settings;
  const ask = createAskSecretary({ client });
  const parse = createCallbackParser({ worker, secretaryUrl: url, secretaryKey: key });
  const access = createSecretaryAccess({
    breaker: createCircuitBreaker({ clock, pauseMs: checkAfterSeconds * 1000 }),
    rate: createQuestionRate({ clock, burst: concurrency }),
    onRefused: (status) =>
      log.error({ status }, "the Secretary refuses SECRETARY_API_KEY: it is not asked any more"),
  });
  const unfinished = createUnfinishedJobs({ repository, clock });
  const outcomes = new Map<QuestionOutcome, number>();
  const files = new Map<FetchedOutcome, number>();
  const newFetcher = (): Fetcher =>
    createFetcher({
      repository,
      artifacts,
      changeJob,
      fetchFile: createFetchFile({ client, artifacts, worker }),
      fetchResult: createFetchResult({ ask, parse, artifacts, pathOf: client.pathOf }),
      access,
      concurrency,
      waitSeconds,
      limitBytes,
      clock,
      log,
      onSettled: (outcome) => files.set(outcome, (files.get(outcome) ?? 0) + 1),
    });
  const newFollower = (): Follower =>
    createFollower({ client, repository, parse, takeReport, access, clock, log });
  const newAsker = (follow: Follower["begin"]): Asker =>
    createAsker({
      follow,
      repository,
      ask,
      parse,
      takeReport,
      changeJob,
      access,
      concurrency,
      async countJobs() {
        const { queued = 0, running = 0 } = (await unfinished()) ?? {};
        return queued + running;
      },
      clock,
      log,
      onAnswer: (outcome) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1),
    });
  let working: { asker: Asker; fetcher: Fetcher; follower: Follower } | undefined;
  let looking: Promise<unknown> = Promise.resolve();
  let isLooking = false;

  async function stop(): Promise<void> {
    const { asker, fetcher, follower } = working ?? {};
    working = undefined;
    await Promise.all([asker?.close(), fetcher?.close(), follower?.close()]);
  }

  /** After everything that was under way, so that another instance begins where this one has ended. */
  async function handOver(): Promise<void> {
    const wasWorking = working !== undefined;
    await stop();
    if (!wasWorking) return;
    await lock
      .release(LOCK)
      .catch((error: unknown) => log.warn({ error }, "another instance asks the Secretary in 10 s"));
  }

  function begin(): NonNullable<typeof working> {
    const follower = newFollower();
    return { asker: newAsker(follower.begin), fetcher: newFetcher(), follower };
  }

  /** Who takes over begins as after a restart: nobody knows what the one before has missed. */
  async function look(): Promise<void> {
    if (!(await lock.holds(LOCK, HELD_MS))) return stop();
    working ??= begin();
    if (access.state() !== "refused") await working.asker.look();
    await working.fetcher.look();
  }

  const timer = setInterval(
    () => {
      if (isLooking) return;
      isLooking = true;
      looking = look()
        .catch((error: unknown) => log.error({ error }, "the Secretary could not be asked"))
        .finally(() => (isLooking = false));
    },
    Math.min(1_000, checkAfterSeconds * 500),
  );
  timer.unref();

  return {
    state: access.state,
    isAskedFirst(job) {
      if (!isProcessId(job.processId) || access.state() !== "ok") return false;
      const lastWord = job.lastCallbackAt ?? job.createdAt;
      const deadline = Date.parse(lastWord) + job.timeoutSeconds * 1000;
      return job.asked === undefined || Date.parse(job.asked.at) < deadline;
    },
    waiting: () => ({ questions: working?.asker.open() ?? 0, files: working?.fetcher.open() ?? 0 }),
    outcomes: () => ({ questions: outcomes, files }),
    async close() {
      clearInterval(timer);
      await looking;
      await handOver();
      await client.close();
      await worker.close();
    },
  };
}
