import { isDeepStrictEqual } from "node:util";
import { Binary, type Document, Timestamp } from "mongodb";
import { z } from "zod";
import { defined } from "#app/contract/defined.ts";
import { type Fields, isFields } from "#app/contract/fields.ts";
import { type Job, type JobLog, jobLogSchema, jobSchema } from "#app/contract/job.ts";
import { storingAt } from "#app/domain/fetch-parts.ts";
import { searchText } from "#app/domain/search-text.ts";
import { askAt } from "#app/domain/when-to-ask.ts";
import type { CallbackToken } from "./job-repository.ts";

/** Keys that BSON, or its driver, takes for something of its own: such fields are stored as the text of their JSON. */
const UNSTORABLE = /"_bsontype"|"\$ref"|\\u0000/;
const INSTANTS = ["createdAt", "updatedAt", "startedAt", "finishedAt", "lastCallbackAt"] as const;

/** A job as the fields of its document in `external_jobs`, instants as dates; `_id` is its id. */
export function jobFields(whole: Job): Document {
  const { jobId: _, ...job } = whole;
  return defined({
    ...job,
    ...datesOf(job),
    error: job.error && withStoredDetails(job.error),
    silentAt: silentAt(job),
    askAt: askAt(whole),
    storingAt: storingAt(whole),
    search: searchText(whole),
  });
}

/** What of that differs from the state before, as an update: what the job no longer has is removed. */
export function jobUpdate(job: Job, before: Job): { $set: Document; $unset: Document } {
  const [fields, known] = [jobFields(job), jobFields(before)];
  const changed = Object.entries(fields).filter(([field, value]) => !isDeepStrictEqual(value, known[field]));
  const gone = Object.keys(known).filter((field) => fields[field] === undefined);
  return {
    $set: Object.fromEntries(changed),
    $unset: Object.fromEntries(gone.map((field) => [field, 1])),
  };
}

/** Reads a job from its document, or from a snapshot of it. Throws for one that is none. */
export function jobOf({ _id, error, ...fields }: Document): Job {
  const texts = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, asText(value)]));
  return jobSchema.parse({
    ...texts,
    jobId: _id,
    ...(error === undefined ? {} : { error: withReadDetails(error) }),
  });
}

/** What of a document is the job itself. */
export const JOB_PROJECTION: Document = Object.fromEntries(
  Object.keys(jobSchema.shape)
    .filter((field) => field !== "jobId")
    .map((field) => [field, 1]),
);

export function logFields(line: JobLog): Document {
  return { ...withStoredDetails(line), timestamp: new Date(line.timestamp) };
}

export function logOf({ timestamp, ...line }: Document): JobLog {
  return jobLogSchema.parse({ ...withReadDetails(line), timestamp: asText(timestamp) });
}

/** The tokens of a job: lists in step, so that a hash is found by `callbackTokenHash`. */
export function tokenFields(tokens: readonly CallbackToken[]): Document {
  return {
    callbackTokenHash: tokens.map(({ hash }) => new Binary(hash)),
    callbackTokenExpiresAt: tokens.map(({ expiresAt }) => new Date(expiresAt)),
    callbackTokenSecret: tokens.map(({ signingSecret }) => signingSecret ?? null),
  };
}

const tokensSchema = z.object({
  callbackTokenHash: z.array(z.instanceof(Binary)),
  callbackTokenExpiresAt: z.array(z.date()),
  callbackTokenSecret: z.array(z.string().nullable()),
});

export function tokensOf(document: Document): CallbackToken[] {
  const { callbackTokenHash, callbackTokenExpiresAt, callbackTokenSecret } = tokensSchema.parse(document);
  return callbackTokenHash.map((hash, n) => ({
    hash: new Uint8Array(hash.value()),
    expiresAt: (callbackTokenExpiresAt[n] ?? new Date(0)).toISOString(),
    ...defined({ signingSecret: callbackTokenSecret[n] ?? undefined }),
  }));
}

export const seqSchema = z.instanceof(Timestamp).transform((seq) => seq.toBigInt());

function datesOf(job: Omit<Job, "jobId">): Document {
  return Object.fromEntries(
    INSTANTS.flatMap((field) => (job[field] === undefined ? [] : [[field, new Date(job[field])]])),
  );
}

/** When the worker will have been silent for too long; undefined where nobody waits for it. */
function silentAt(job: Omit<Job, "jobId">): Date | undefined {
  const { status, lastCallbackAt, createdAt, timeoutSeconds } = job;
  if (status !== "queued" && status !== "running") return undefined;
  return new Date(Date.parse(lastCallbackAt ?? createdAt) + timeoutSeconds * 1000);
}

function withStoredDetails<T extends { details?: Fields | undefined }>(value: T): Document {
  if (value.details === undefined) return { ...value };
  const json = JSON.stringify(value.details);
  return UNSTORABLE.test(json) ? { ...value, details: json } : { ...value };
}

/** The reverse: details are an object again. */
export function withReadDetails(value: Document): Document {
  const { details } = value;
  return typeof details === "string" ? { ...value, details: toFields(JSON.parse(details)) } : value;
}

function toFields(value: unknown): Fields | undefined {
  return isFields(value) ? value : undefined;
}

function asText(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}
