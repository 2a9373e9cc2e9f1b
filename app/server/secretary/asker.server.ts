import { isProcessId } from "#app/contract/process-id.ts";
import { defined } from "#app/contract/defined.ts";
import type { Job } from "#app/contract/job.ts";
import { askAt } from "#app/domain/when-to-ask.ts";
import type { ParseCallback } from "#app/server/callback-body/callback-parser.server.ts";
import type { ChangeJob } from "#app/server/jobs/change-job.server.ts";
import type { Log } from "#app/server/log.server.ts";
import type { JobRepository } from "#app/server/repository/job-repository.ts";
import type { ParsedReport, TakeReport } from "#app/server/callback/take-report.server.ts";
import type { AskSecretary, SecretaryAnswer } from "./ask-secretary.server.ts";
import type { SecretaryAccess } from "./secretary-access.ts";

const PAGE = 100;
/** Later than any question. */
const EVER = "9999";

/** What became of a question: the word that came, or why none did. */
export type QuestionOutcome =
  | "alive"
  | "completed"
  | "failed"
  | "canceled"
  | "unknown"
  | "refused"
  | "unreachable";

export type Asker = {
  /** Puts the questions that are due, as far as they may be put now; answers come in the background. */
  look(): Promise<void>;
  /** How many questions are open. */
  open(): number;
  /** Gives the open questions up, and waits for what is being written. */
  close(): Promise<void>;
};

/**
 * Asks about silent jobs, each when `askAt` says so, and about every job that nobody waited for meanwhile when it begins.
 * An answer goes the way of a callback; what is no word about the job is remembered. To be called by the one instance
 * that is to ask.
 */
export function createAsker(options: {
  repository: Pick<JobRepository, "findToAsk" | "findTarget">;
  ask: AskSecretary;
  parse: ParseCallback;
  takeReport: TakeReport;
  changeJob: ChangeJob;
  access: SecretaryAccess;
  /** Listens to a job instead of asking about it; false where that is not wanted or not possible. */
  follow: (job: Job) => boolean;
  concurrency: number;
  /** How many jobs are not final, for the rate. */
  countJobs: () => Promise<number>;
  clock: () => number;
  log: Pick<Log, "error" | "warn">;
  onAnswer: (outcome: QuestionOutcome) => void;
}): Asker {
  const { repository, ask, parse, takeReport, changeJob, access, follow, concurrency } = options;
  const { countJobs, clock, log, onAnswer } = options;
  const running = new Map<string, Promise<void>>();
  const closing = new AbortController();
  const begun = new Date(clock()).toISOString();
  /** The way through the jobs that were waiting at the beginning; undefined when all were asked about. */
  let first: { after: string } | undefined = { after: "" };

  const now = (): string => new Date(clock()).toISOString();

  async function wordOf(job: Job, bytes: Uint8Array<ArrayBuffer>): Promise<ParsedReport | string> {
    const parsed = await parse(bytes, undefined);
    if (parsed.kind !== "parsed") return parsed.message;
    const { seq: _, processId, ...report } = parsed.report;
    if (isProcessId(processId) && processId !== job.processId) return "the answer is about another process";
    return { ...parsed, report: { ...report, ...defined({ processId }) } };
  }

  async function note(job: Job, answer: "unknown" | "unreachable", fault?: string): Promise<void> {
    await changeJob(job.jobId, { type: "secretary_asked", at: now(), answer, ...defined({ fault }) });
    onAnswer(answer);
  }

  async function unusable(job: Job, reason: string): Promise<void> {
    access.failed();
    log.warn({ jobId: job.jobId, reason }, "the Secretary gave no answer that could be used");
    await note(job, "unreachable", reason);
  }

  async function take(job: Job, answer: SecretaryAnswer): Promise<void> {
    switch (answer.kind) {
      case "word": {
        const word = await wordOf(job, answer.bytes);
        if (typeof word === "string") return unusable(job, word);
        access.succeeded();
        await takeReport(job, word, { source: "asked" });
        return onAnswer(word.report.outcome ?? "alive");
      }
      case "unknown":
        access.succeeded();
        return note(job, "unknown");
      case "refused":
        access.refuse(answer.status);
        return onAnswer("refused");
      case "fault":
        return unusable(job, answer.reason);
    }
  }

  async function question({ jobId, processId = "" }: Job): Promise<void> {
    try {
      const answer = await ask(processId, closing.signal);
      if (closing.signal.aborted) return;
      // What a callback changed meanwhile counts.
      const target = await repository.findTarget(jobId);
      if (target !== undefined && !target.isRemoved) await take(target.job, answer);
    } catch (error) {
      log.error({ error, jobId }, "an answer of the Secretary could not be taken");
    }
  }

  /** False: no question may be put now. */
  function start(job: Job, jobs: number): boolean {
    if (running.has(job.jobId) || follow(job)) return true;
    if (running.size >= concurrency || !access.takes(jobs)) return false;
    const work = question(job).finally(() => running.delete(job.jobId));
    running.set(job.jobId, work);
    return true;
  }

  async function askFirst(jobs: number): Promise<void> {
    if (first === undefined) return;
    const waiting = await repository.findToAsk({ after: first.after, until: EVER }, PAGE);
    for (const job of waiting) {
      const heard = job.asked?.at ?? job.lastCallbackAt ?? job.createdAt;
      if (heard < begun && !start(job, jobs)) return;
      first.after = askAt(job) ?? first.after;
    }
    if (waiting.length < PAGE) first = undefined;
  }

  return {
    async look() {
      if (running.size >= concurrency) return;
      const due = await repository.findToAsk({ after: "", until: now() }, PAGE);
      if (due.length === 0 && first === undefined) return;
      const jobs = await countJobs();
      if (due.every((job) => start(job, jobs))) await askFirst(jobs);
    },
    open: () => running.size,
    async close() {
      closing.abort();
      await Promise.all(running.values());
    },
  };
}
