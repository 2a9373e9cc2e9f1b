import { z } from "zod";
import { defined } from "#app/contract/defined.ts";
import { type Job, jobLogSchema, jobSchema } from "#app/contract/job.ts";
import { deliverySchema } from "#app/contract/job-event.ts";
import { askAt } from "#app/domain/when-to-ask.ts";
import { storingAt } from "#app/domain/fetch-parts.ts";
import { searchText } from "#app/domain/search-text.ts";

/** Of a read that begins with the parameters job and user: the job is that user's. */
export const IS_OWN_JOB = "(SELECT user_email FROM jobs WHERE job_id = ?1) = ?2";

const json = z.string().transform((text): unknown => JSON.parse(text));
const jobText = json.pipe(jobSchema);

export const jobRow = z.object({ job: jobText });
export const targetRow = jobRow.extend({ removed: z.int() });
export const tokenRow = z
  .object({
    hash: z.instanceof(Uint8Array),
    expires_at: z.string(),
    signing_secret: z.string().nullable(),
  })
  .transform(({ hash, expires_at: expiresAt, signing_secret }) => ({
    hash,
    expiresAt,
    ...defined({ signingSecret: signing_secret ?? undefined }),
  }));
export const registeredRow = jobRow.extend({ request_digest: z.string() });
export const feedRow = z.object({ seq: z.bigint(), job_id: z.string(), job: jobText.nullable() });
export const seqRow = z.object({ seq: z.bigint() });
export const headRow = z.object({ epoch: z.string(), head: z.bigint(), swept_seq: z.bigint() });
export const tombstoneRow = z.object({ job_id: z.string(), user_email: z.string(), seq: z.bigint() });
export const markRow = z.object({ mark: z.string(), changed_at: z.string() });
export const statusRow = z.object({ status: jobSchema.shape.status, count: z.int() });
export const unfinishedRow = statusRow.extend({ stalled: z.int().nullable() });
export const idRow = z.object({ job_id: z.string() });
export const runRow = z.object({
  status: jobSchema.shape.status,
  startedAt: z
    .string()
    .nullish()
    .transform((at) => at ?? undefined),
  finishedAt: z
    .string()
    .nullish()
    .transform((at) => at ?? undefined),
});
export const logRow = z.object({ idx: z.int(), entry: json.pipe(jobLogSchema) });
export const deliveryRow = z.object({ delivery: json.pipe(deliverySchema) });
export const numberRow = z.object({ n: z.int() });
export const historyRow = deliveryRow.extend({ n: z.int(), snapshot: jobText.nullable() });

export const archivedRow = jobRow.extend({
  idempotency_key: z.string().nullable(),
  request_digest: z.string().nullable(),
  removed_at: z.string().nullable(),
});
export const requestRow = z.object({
  revision: z.int(),
  at: z.string(),
  digest: z.string(),
  idempotency_key: z.string().nullable(),
});
export const totalsRow = z.object({ jobs: z.int(), removed: z.int() });
export const migrationRow = z.object({
  source: z.string(),
  started_at: z.string(),
  finished_at: z.string().nullable(),
});

/** The columns that follow from a job: the whole of it as JSON, and what is queried. */
export function jobColumns(job: Job) {
  return {
    job_id: job.jobId,
    user_email: job.userEmail,
    revision: job.revision,
    status: job.status,
    updated_at: job.updatedAt,
    silent_at: silentAt(job),
    ask_at: askAt(job) ?? null,
    storing_at: storingAt(job) ?? null,
    search: searchText(job),
    job: JSON.stringify(job),
  };
}

/** When the worker will have been silent for too long; null where nobody waits for it. */
function silentAt({ status, lastCallbackAt, createdAt, timeoutSeconds }: Job): string | null {
  if (status !== "queued" && status !== "running") return null;
  return new Date(Date.parse(lastCallbackAt ?? createdAt) + timeoutSeconds * 1000).toISOString();
}
