import type { ArtifactStore } from "#app/server/artifacts/artifact-store.ts";
import type { CallbackWorker } from "#app/server/callback-body/callback-worker-pool.server.ts";
import { createCallbackParser } from "#app/server/callback-body/callback-parser.server.ts";
import type { ChangeJob } from "#app/server/jobs/change-job.server.ts";
import type { Log } from "#app/server/log.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import type { TakeReport } from "#app/server/callback/take-report.server.ts";
import { createUnfinishedJobs } from "#app/server/jobs/unfinished-jobs.server.ts";
import { createAsker, type QuestionOutcome } from "./asker.server.ts";
import { createAskSecretary } from "./ask-secretary.server.ts";
import { createFetchFile } from "./fetch-file.server.ts";
import { createFetchResult } from "./fetch-result.server.ts";
import { createFetcher, type FetchedOutcome } from "./fetcher.server.ts";
import { createFollower } from "./follower.server.ts";
import type { SecretaryAccess } from "./secretary-access.ts";
import type { SecretaryClient } from "./secretary-client.server.ts";
import type { SecretarySettings } from "./secretary-variables.ts";

/** What the instance that asks has at work: an asker, a fetcher of files, and what follows jobs that cannot call back. */
export type SecretaryWorkers = {
  /** Begins whatever is due. */
  look(): Promise<void>;
  /** Questions without an answer, and files that are fetched or waited for. */
  open(): { questions: number; files: number };
  close(): Promise<void>;
};

/** How the questions and files of this process ended so far. */
export type SecretaryOutcomes = {
  questions: ReadonlyMap<QuestionOutcome, number>;
  files: ReadonlyMap<FetchedOutcome, number>;
};

export type SecretaryWorkersOptions = {
  settings: SecretarySettings;
  client: SecretaryClient;
  repository: JobRepository;
  artifacts: ArtifactStore;
  changeJob: ChangeJob;
  takeReport: TakeReport;
  /** A thread of its own for large answers, so that no callback waits for one. */
  worker: CallbackWorker;
  access: SecretaryAccess;
  clock: () => number;
  log: Log;
};

/** `begin` wires workers that know nothing of those before them; the outcomes of all of them are counted together. */
export function createSecretaryWorkers(options: SecretaryWorkersOptions): {
  begin(): SecretaryWorkers;
  outcomes(): SecretaryOutcomes;
} {
  const { settings, client, repository, artifacts, changeJob, takeReport, worker, access, clock, log } =
    options;
  const { url, key, concurrency, waitSeconds, limitBytes } = settings;
  const ask = createAskSecretary({ client });
  const parse = createCallbackParser({ worker, secretaryUrl: url, secretaryKey: key });
  const unfinished = createUnfinishedJobs({ repository, clock });
  const questions = new Map<QuestionOutcome, number>();
  const files = new Map<FetchedOutcome, number>();
  const shared = { repository, access, clock, log };

  function begin(): SecretaryWorkers {
    const follower = createFollower({ ...shared, client, parse, takeReport });
    const asker = createAsker({
      ...shared,
      ask,
      parse,
      takeReport,
      changeJob,
      concurrency,
      follow: follower.begin,
      async countJobs() {
        const { queued = 0, running = 0 } = (await unfinished()) ?? {};
        return queued + running;
      },
      onAnswer: (outcome) => raise(questions, outcome),
    });
    const fetcher = createFetcher({
      ...shared,
      artifacts,
      changeJob,
      fetchFile: createFetchFile({ client, artifacts, worker }),
      fetchResult: createFetchResult({ ask, parse, artifacts, pathOf: client.pathOf }),
      concurrency,
      waitSeconds,
      limitBytes,
      onSettled: (outcome) => raise(files, outcome),
    });
    return {
      async look() {
        if (access.state() !== "refused") await asker.look();
        await fetcher.look();
      },
      open: () => ({ questions: asker.open(), files: fetcher.open() }),
      close: async () => void (await Promise.all([asker.close(), fetcher.close(), follower.close()])),
    };
  }

  return { begin, outcomes: () => ({ questions, files }) };
}

function raise<Outcome>(counts: Map<Outcome, number>, outcome: Outcome): void {
  counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
}
