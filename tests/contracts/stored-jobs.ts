import { createHash, randomUUID } from "node:crypto";
import type { Job, JobLog } from "#app/contract/job.ts";
import { newJob } from "#app/domain/new-job.ts";
import { listQuerySchema, type ListQuery } from "#app/contract/http.ts";
import type {
  CallbackTarget,
  Delivery,
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

export function aTarget(fields: Partial<Job> = {}): CallbackTarget {
  const identity = { jobId: randomUUID(), userEmail: ANNA, at: instant(0) };
  const job = newJob({ title: "Bericht.pdf", stallAfterSeconds: 300, timeoutSeconds: 3600 }, identity);
  const tokenHash = createHash("sha256").update(randomUUID()).digest();
  return { job: { ...job, ...fields }, tokenHash, tokenExpiresAt: instant(7 * 24 * 3600) };
}

/** Stores a job with these fields and gives it back. */
export async function stored(repository: JobRepository, fields: Partial<Job> = {}): Promise<Job> {
  const target = aTarget(fields);
  await repository.insert(target);
  return target.job;
}

/** The next revision of a job with these fields, and what else is to be written with it. */
export function changeOf(job: Job, fields: Partial<Job> = {}, parts: Partial<JobChange> = {}): JobChange {
  const logs = parts.logs ?? [];
  return {
    job: { ...job, revision: job.revision + 1, logCount: job.logCount + logs.length, ...fields },
    expectedRevision: job.revision,
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
  return { job: change.job, seq: answer.seq };
}

export function lines(count: number, first = 0): JobLog[] {
  return Array.from({ length: count }, (_, index) => ({
    timestamp: instant(first + index),
    level: "info" as const,
    message: `Zeile ${first + index}`,
  }));
}

export function aDelivery(fields: Partial<Delivery> = {}): Delivery {
  return { receivedAt: instant(0), bytes: 2, digest: digestOf(randomUUID()), applied: true, ...fields };
}

export function digestOf(body: string): string {
  return createHash("sha256").update(body).digest("hex");
}

export function query(fields: Partial<ListQuery> = {}): ListQuery {
  return { ...listQuerySchema.parse({}), ...fields };
}

export function ids(of: JobListing | { job: Job }[]): string[] {
  return (Array.isArray(of) ? of.map(({ job }) => job) : of.jobs).map(({ jobId }) => jobId);
}
