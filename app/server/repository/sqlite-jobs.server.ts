import type { DatabaseSync } from "node:sqlite";
import type { Job, JobStatus } from "#app/contract/job.ts";
import type { CallbackTarget } from "./job-repository.ts";
import { jobColumns, jobRow, seqRow, statusCountRow, targetRow } from "./sqlite-rows.server.ts";

const NEXT_SEQ = "(SELECT head + 1 FROM feeds WHERE feeds.user_email = :user_email)";

/** The table of the jobs. Every write takes the next place in the feed of the job's user and returns it. */
export function createSqliteJobs(db: DatabaseSync) {
  const insert = db.prepare(
    `INSERT INTO jobs (job_id, user_email, seq, revision, status, updated_at, token_hash, token_expires_at,
       idempotency_key, search, job)
     VALUES (:job_id, :user_email, ${NEXT_SEQ}, :revision, :status, :updated_at, :token_hash, :token_expires_at,
       :idempotency_key, :search, :job)
     RETURNING seq`,
    { readBigInts: true },
  );
  const update = db.prepare(
    `UPDATE jobs SET seq = ${NEXT_SEQ}, revision = :revision, status = :status, updated_at = :updated_at,
       search = :search, job = :job
     WHERE job_id = :job_id AND user_email = :user_email AND revision = :expected
     RETURNING seq`,
    { readBigInts: true },
  );
  const find = db.prepare("SELECT job FROM jobs WHERE job_id = ? AND user_email = ?");
  const findByKey = db.prepare("SELECT job FROM jobs WHERE user_email = ? AND idempotency_key = ?");
  const target = "SELECT job, token_hash, token_expires_at FROM jobs";
  const findTarget = db.prepare(`${target} WHERE job_id = ?`);
  const findTargetByToken = db.prepare(`${target} WHERE token_hash = ?`);
  const countByStatus = db.prepare(
    "SELECT status, count(*) AS count FROM jobs WHERE user_email = ? GROUP BY status",
  );

  const asJob = (row: unknown): Job | undefined => jobRow.optional().parse(row)?.job;
  const asTarget = (row: unknown): CallbackTarget | undefined => {
    const found = targetRow.optional().parse(row);
    return found && { job: found.job, tokenHash: found.token_hash, tokenExpiresAt: found.token_expires_at };
  };

  return {
    insert({ job, tokenHash, tokenExpiresAt }: CallbackTarget, idempotencyKey?: string): bigint {
      const token = { token_hash: tokenHash, token_expires_at: tokenExpiresAt };
      const row = { ...jobColumns(job), ...token, idempotency_key: idempotencyKey ?? null };
      return seqRow.parse(insert.get(row)).seq;
    },
    /** Undefined when the stored revision is not the expected one. */
    update(job: Job, expectedRevision: number): bigint | undefined {
      return seqRow.optional().parse(update.get({ ...jobColumns(job), expected: expectedRevision }))?.seq;
    },
    find: (userEmail: string, jobId: string) => asJob(find.get(jobId, userEmail)),
    findByKey: (userEmail: string, key: string) => asJob(findByKey.get(userEmail, key)),
    findTarget: (jobId: string) => asTarget(findTarget.get(jobId)),
    findTargetByToken: (tokenHash: Uint8Array) => asTarget(findTargetByToken.get(tokenHash)),
    countByStatus(userEmail: string): Partial<Record<JobStatus, number>> {
      const rows = countByStatus.all(userEmail).map((row) => statusCountRow.parse(row));
      return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
    },
  };
}
