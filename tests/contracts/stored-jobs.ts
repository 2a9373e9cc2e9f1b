import { createHash, randomUUID } from "node:crypto";
import { defined } from "#app/contract/defined.ts";
import { listQuerySchema, type ListQuery } from "#app/contract/http.ts";
import type { Job, JobLog } from "#app/contract/job.ts";
import type { Delivery, IgnoredReason } from "#app/contract/job-event.ts";
import { newJob } from "#app/domain/new-job.ts";
import type {
  CallbackToken,
  FeedEntry,
  JobChange,
  JobListing,
  JobRepository,
} from "#app/server/repository/job-repository.ts";

export const ANNA = "anna@example.org";
export const BERT = "bert@example.org";

/** What a store under test offers. `reopen` closes it and opens the same storage again, as after a restart. */
export type StoreUnderTest = {
  repository: JobRepository;
  reopen?: () => Promise<JobRepository>;
  dispose: () => Promise<void>;
};
export type CreateStore = () => Promise<StoreUnderTest>;

/** The n-th second of the day on which these tests take place. */
export function instant(second: number): string {
  return new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString();
}

export function aJob(fields: Partial<Job> = {}): Job {
  const identity = { jobId: randomUUID(), userEmail: ANNA, at: instant(0) };
  const job = newJob({ title: "Bericht.pdf", stallAfterSeconds: 300, timeoutSeconds: 3600 }, identity);
  return { ...job, ...fields };
}

export function aToken(): CallbackToken {
  return { hash: createHash("sha256").update(randomUUID()).digest(), expiresAt: instant(7 * 24 * 3600) };
}

/** Stores a job with these fields and gives it back. */
export async function stored(repository: JobRepository, fields: Partial<Job> = {}): Promise<Job> {
  const job = aJob(fields);
  await repository.insert(job, aToken());
  return job;
}

/** The next revision of a job with these fields, and what else is to be written with it. */
export function changeOf(job: Job, fields: Partial<Job> = {}, parts: Partial<JobChange> = {}): JobChange {
  const logs = parts.logs ?? [];
  return {
    job: { ...job, revision: job.revision + 1, logCount: job.logCount + logs.length, ...fields },
    expectedRevision: job.revision,
    changeId: randomUUID(),
    delivery: aDelivery(),
    ...parts,
    logs,
  };
}

/** Writes the next revision of a job and gives it back with its place in the feed. */
export async function saved(
  repository: JobRepository,
  job: Job,
  fields: Partial<Job> = {},
  parts: Partial<JobChange> = {},
): Promise<{ job: Job; seq: bigint }> {
  const change = changeOf(job, fields, parts);
  const answer = await repository.save(change);
  if (answer === "conflict") throw new Error(`conflict at revision ${job.revision} of ${job.jobId}`);
  if (answer.seq === undefined) throw new Error("the repository is to read the places of its writes");
  return { job: change.job, seq: answer.seq };
}

/** Changes that build on each other, each from the state the one before leaves, with `n` as their message. */
export function chainOf(job: Job, count: number, parts: (n: number) => Partial<JobChange> = () => ({})) {
  const changes: JobChange[] = [];
  for (let n = 0; n < count; n++) {
    changes.push(changeOf(changes.at(-1)?.job ?? job, { message: `${n}` }, parts(n)));
  }
  return changes;
}

export function lines(count: number, first = 0): JobLog[] {
  return Array.from({ length: count }, (_, index) => ({
    timestamp: instant(first + index),
    level: "info" as const,
    message: `Zeile ${first + index}`,
  }));
}

/** A callback with this message and what became of it; without a reason it was applied. */
export function aDelivery(
  fields: {
    at?: string;
    message?: string;
    reason?: IgnoredReason;
    digest?: string;
    idempotencyKey?: string;
  } = {},
): Delivery {
  const { at = instant(0), message, reason, digest = digestOf(randomUUID()), idempotencyKey } = fields;
  return {
    event: { type: "callback_received", at, report: { lines: [], ...defined({ message }) } },
    applied: reason === undefined,
    ...defined({ reason }),
    request: { bytes: 2, digest, ...defined({ idempotencyKey }) },
  };
}

export function digestOf(body: string): string {
  return createHash("sha256").update(body).digest("hex");
}

export function query(fields: Partial<ListQuery> = {}): ListQuery {
  return { ...listQuerySchema.parse({}), ...fields };
}

/** The job ids of a page or of a stretch of the feed, those of removed jobs included. */
export function ids(of: JobListing | FeedEntry[] | Job[]): string[] {
  const entries: (FeedEntry | Job)[] = Array.isArray(of) ? of : of.jobs;
  return entries.map((entry) => {
    if ("jobId" in entry) return entry.jobId;
    return "job" in entry ? entry.job.jobId : entry.removedJobId;
  });
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, n) => from + n);
}
