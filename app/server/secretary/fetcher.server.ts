import { setTimeout as wait } from "node:timers/promises";
import type { Job } from "#app/contract/job.ts";
import type { JobEvent } from "#app/contract/job-event.ts";
import type { Part } from "#app/contract/part.ts";
import type { ArtifactStore } from "#app/server/artifacts/artifact-store.ts";
import type { ChangeJob } from "#app/server/jobs/change-job.server.ts";
import type { Log } from "#app/server/log.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import type { FetchFile, FetchOutcome } from "./fetch-file.server.ts";
import type { FetchResult, ResultOutcome } from "./fetch-result.server.ts";
import type { SecretaryAccess } from "./secretary-access.ts";
import { createTurns } from "./turns.ts";

const PAGE = 100;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

/** What became of a part. */
export type FetchedOutcome = "stored" | "none" | "missing";

export type Fetcher = {
  /** Begins to fetch what nobody fetches yet; it goes on in the background. */
  look(): Promise<void>;
  /** How many parts are being fetched or waited for. */
  open(): number;
  /** Gives up what is under way, to be begun again by the next look of whoever. */
  close(): Promise<void>;
};

/**
 * Fetches the parts that finals did not bring: each until it is here, is not there or `waitSeconds` are over, in growing
 * pauses; what is missing stands in the job, so a restart changes nothing. A job's parts go one at a time, `concurrency`
 * of all jobs at once. To be called by the one instance that is to fetch; two would do the same thing twice.
 */
export function createFetcher(options: {
  repository: Pick<JobRepository, "findStoring" | "findTarget">;
  artifacts: Pick<ArtifactStore, "remove">;
  changeJob: ChangeJob;
  fetchFile: FetchFile;
  fetchResult: FetchResult;
  access: Pick<SecretaryAccess, "state" | "refuse">;
  concurrency: number;
  waitSeconds: number;
  /** What the files of one job may have, in bytes. */
  limitBytes: number;
  clock: () => number;
  log: Pick<Log, "error">;
  onSettled: (outcome: FetchedOutcome) => void;
}): Fetcher {
  const { repository, artifacts, changeJob, fetchFile, fetchResult, access, concurrency } = options;
  const { waitSeconds, limitBytes, clock, log, onSettled } = options;
  const running = new Map<string, Promise<void>>();
  const closing = new AbortController();
  const { signal } = closing;
  const turns = createTurns(concurrency);

  const now = (): string => new Date(clock()).toISOString();

  async function attempt(jobId: string, part: Part): Promise<FetchOutcome | ResultOutcome | "gone"> {
    const target = await repository.findTarget(jobId);
    if (target === undefined || target.isRemoved) return "gone";
    const { processId = "", artifacts: stored = [], parts = [] } = target.job;
    if (!parts.some(({ name, state }) => name === part.name && state === "waiting")) return "gone";
    if (access.state() === "refused") return { kind: "refused", status: 401 };
    if (part.kind === "result") {
      const taken = parts.map(({ name }) => name);
      return fetchResult({ jobId, processId, taken }, { at: now(), signal });
    }
    const bytesLeft = limitBytes - stored.reduce((sum, { size }) => sum + size, 0);
    return fetchFile({ jobId, name: part.name, path: part.path ?? "" }, { bytesLeft, signal });
  }

  /** One try; true: nothing is left to do. What cannot be stored at the moment is tried again like any other. */
  async function tryOnce(jobId: string, part: Part, isLast: boolean): Promise<boolean> {
    try {
      const outcome = signal.aborted ? "gone" : await attempt(jobId, part);
      if (outcome === "gone" || signal.aborted) return true;
      if (outcome.kind === "later" && !isLast) return false;
      await settle(jobId, eventOf(part, outcome));
      return true;
    } catch (error) {
      log.error({ error, jobId }, "a file of the Secretary is not stored yet");
      return false;
    }
  }

  /** Until the part is settled, or the process ends. */
  async function fetchPart(jobId: string, part: Part): Promise<void> {
    const endsAt = Date.parse(part.since) + waitSeconds * 1000;
    for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
      const isLast = clock() + pause > endsAt;
      if (await turns.take(jobId, () => tryOnce(jobId, part, isLast))) return;
      await wait(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  function eventOf({ name }: Part, outcome: FetchOutcome | ResultOutcome): PartSettled {
    const event = { type: "part_settled", at: now(), name } as const;
    switch (outcome.kind) {
      case "stored": {
        const { kind: state, ...came } = outcome;
        return { ...event, state, ...came };
      }
      case "none":
        return { ...event, state: "none" };
      case "refused":
        access.refuse(outcome.status);
        return { ...event, state: "missing", fault: { code: "refused" } };
      case "missing":
      case "later":
        return { ...event, state: "missing", fault: outcome.fault };
    }
  }

  async function settle(jobId: string, event: PartSettled): Promise<void> {
    const changed = await changeJob(jobId, event);
    const file = event.artifact ?? event.result;
    // The owner has removed the job meanwhile, and all its files but this one.
    if (changed === undefined && file !== undefined) await artifacts.remove(jobId, file.name);
    if (changed?.applied) onSettled(event.state);
  }

  function start({ jobId, parts = [] }: Job): void {
    for (const part of parts) {
      const key = `${jobId}/${part.name}`;
      if (part.kind === "archive" || part.state !== "waiting" || running.has(key)) continue;
      const work = fetchPart(jobId, part).finally(() => running.delete(key));
      running.set(key, work);
    }
  }

  return {
    async look() {
      const left = await repository.findStoring(running.size + PAGE);
      for (const job of left) start(job);
    },
    open: () => running.size,
    async close() {
      closing.abort();
      await Promise.all(running.values());
    },
  };
}

type PartSettled = Extract<JobEvent, { type: "part_settled" }>;
