import type { Job } from "#app/contract/job.ts";
import { isProcessId } from "#app/contract/process-id.ts";
import type { Lock } from "#app/server/lock/lock.ts";
import { createCircuitBreaker } from "./circuit-breaker.ts";
import { createQuestionRate } from "./question-rate.ts";
import { createSecretaryAccess, type SecretaryState } from "./secretary-access.ts";
import {
  createSecretaryWorkers,
  type SecretaryOutcomes,
  type SecretaryWorkers,
  type SecretaryWorkersOptions,
} from "./secretary-workers.server.ts";

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
  outcomes(): SecretaryOutcomes;
  close(): Promise<void>;
};

/** Has the Secretary asked, and files fetched, about once a second, on the one instance that holds the lock. */
export function createSecretary(
  options: Omit<SecretaryWorkersOptions, "access"> & {
    /** That of the storage, so that there is one asker also while Redis is away. */
    lock: Lock;
  },
): Secretary {
  const { settings, client, worker, lock, clock, log } = options;
  const { checkAfterSeconds, concurrency } = settings;
  const access = createSecretaryAccess({
    breaker: createCircuitBreaker({ clock, pauseMs: checkAfterSeconds * 1000 }),
    rate: createQuestionRate({ clock, burst: concurrency }),
    onRefused: (status) =>
      log.error({ status }, "the Secretary refuses SECRETARY_API_KEY: it is not asked any more"),
  });
  const { begin, outcomes } = createSecretaryWorkers({ ...options, access });
  let working: SecretaryWorkers | undefined;
  let looking: Promise<unknown> = Promise.resolve();
  let isLooking = false;

  async function stop(): Promise<void> {
    const stopped = working;
    working = undefined;
    await stopped?.close();
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

  /** Who takes over begins as after a restart: nobody knows what the one before has missed. */
  async function look(): Promise<void> {
    if (!(await lock.holds(LOCK, HELD_MS))) return stop();
    working ??= begin();
    await working.look();
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
    waiting: () => working?.open() ?? { questions: 0, files: 0 },
    outcomes,
    async close() {
      clearInterval(timer);
      await looking;
      await handOver();
      await client.close();
      await worker.close();
    },
  };
}
