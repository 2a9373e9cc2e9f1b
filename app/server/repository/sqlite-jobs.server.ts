import type { DatabaseSync } from "node:sqlite";
import type { Job } from "#app/contract/job.ts";
import { runTime } from "#app/domain/usual-time.ts";
import type { IdempotentRequest, JobChange, UnfinishedJobs } from "./job-repository.ts";
import {
  idRow,
  jobColumns,
  jobRow,
  registeredRow,
  runRow,
  seqRow,
  unfinishedRow,
} from "./sqlite-rows.server.ts";

const NEXT_SEQ = "(SELECT head + 1 FROM feeds WHERE feeds.user_email = :user_email)";

/** The table of the jobs. Every write takes the next place in the feed of the job's user and returns it. */
export function createSqliteJobs(db: DatabaseSync) {
  const insert = db.prepare(
    `INSERT INTO jobs (job_id, user_email, seq, revision, status, updated_at, silent_at, ask_at, storing_at, idempotency_key,
       request_digest, search, job)
     VALUES (:job_id, :user_email, ${NEXT_SEQ}, :revision, :status, :updated_at, :silent_at, :ask_at, :storing_at, :idempotency_key,
       :request_digest, :search, :job)
     RETURNING seq`,
    { readBigInts: true },
  );
  const update = db.prepare(
    `UPDATE jobs SET seq = ${NEXT_SEQ}, revision = :revision, change_id = :change_id, status = :status, updated_at = :updated_at,
       silent_at = :silent_at, ask_at = :ask_at, storing_at = :storing_at, search = :search, job = :job
     WHERE job_id = :job_id AND user_email = :user_email AND revision = :expected
       AND (:expected_change IS NULL OR change_id = :expected_change)
     RETURNING seq`,
    { readBigInts: true },
  );
  const bury = db.prepare(
    `INSERT INTO tombstones (job_id, user_email, seq, removed_at, job)
     SELECT job_id, user_email, ${NEXT_SEQ}, :removed_at, job FROM jobs
     WHERE job_id = :job_id AND user_email = :user_email AND revision = :expected
     RETURNING seq`,
    { readBigInts: true },
  );
  const remove = db.prepare("DELETE FROM jobs WHERE job_id = ?");
  const find = db.prepare("SELECT job FROM jobs WHERE job_id = ? AND user_email = ?");
  const findByKey = db.prepare(
    "SELECT job, request_digest FROM jobs WHERE user_email = ? AND idempotency_key = ?",
  );
  const silent = db.prepare("SELECT job FROM jobs WHERE silent_at <= ? ORDER BY silent_at LIMIT ?");
  const toAsk = db.prepare("SELECT job FROM jobs WHERE ask_at > ? AND ask_at <= ? ORDER BY ask_at LIMIT ?");
  const storing = db.prepare("SELECT job FROM jobs WHERE storing_at IS NOT NULL ORDER BY storing_at LIMIT ?");
  const expired = db.prepare(
    `SELECT job FROM jobs WHERE status IN ('completed', 'failed', 'canceled') AND updated_at < ?
     ORDER BY updated_at LIMIT ?`,
  );
  const ofKind = db.prepare(
    `SELECT status, job ->> 'startedAt' AS startedAt, job ->> 'finishedAt' AS finishedAt FROM jobs
     WHERE user_email = ? AND job ->> 'kind' = ? AND status = 'completed' ORDER BY updated_at DESC LIMIT ?`,
  );
  const ids = db.prepare("SELECT job_id FROM jobs WHERE job_id > ? ORDER BY job_id LIMIT ?");
  // Two ranges of two indexes: what somebody waits for, and what is being stored. Milliseconds, as in `isStalled`.
  const countUnfinished = db.prepare(
    `SELECT status, count(*) AS count, sum(
       status = 'running' AND round(unixepoch(silent_at, 'subsec') * 1000)
         <= :now + 1000 * (job ->> 'timeoutSeconds' - job ->> 'stallAfterSeconds')
     ) AS stalled FROM (
       SELECT * FROM (SELECT status, silent_at, job FROM jobs WHERE silent_at IS NOT NULL LIMIT :cap)
       UNION ALL
       SELECT * FROM (SELECT status, silent_at, job FROM jobs
                      WHERE storing_at IS NOT NULL AND status = 'pending-storage' LIMIT :cap)
     ) GROUP BY status`,
  );

  return {
    insert(job: Job, request?: IdempotentRequest): bigint {
      const registered = { idempotency_key: request?.key ?? null, request_digest: request?.digest ?? null };
      return seqRow.parse(insert.get({ ...jobColumns(job), ...registered })).seq;
    },
    /** Undefined when the stored revision, or the change that led to it, is not the expected one. */
    update({ job, expectedRevision, changeId, expectedChangeId }: JobChange): bigint | undefined {
      const guard = {
        expected: expectedRevision,
        change_id: changeId,
        expected_change: expectedChangeId ?? null,
      };
      return seqRow.optional().parse(update.get({ ...jobColumns(job), ...guard }))?.seq;
    },
    /** Leaves a tombstone. Undefined when the stored revision is another. */
    remove({ jobId, userEmail, revision }: Job, at: string): bigint | undefined {
      const row = bury.get({ job_id: jobId, user_email: userEmail, expected: revision, removed_at: at });
      const seq = seqRow.optional().parse(row)?.seq;
      if (seq !== undefined) remove.run(jobId);
      return seq;
    },
    find: (userEmail: string, jobId: string): Job | undefined =>
      jobRow.optional().parse(find.get(jobId, userEmail))?.job,
    findByKey(userEmail: string, key: string): { existing: Job; digest: string } | undefined {
      const row = registeredRow.optional().parse(findByKey.get(userEmail, key));
      return row && { existing: row.job, digest: row.request_digest };
    },
    findSilent: (now: string, limit: number): Job[] =>
      silent.all(now, limit).map((row) => jobRow.parse(row).job),
    findToAsk: ({ after, until }: { after: string; until: string }, limit: number): Job[] =>
      toAsk.all(after, until, limit).map((row) => jobRow.parse(row).job),
    findStoring: (limit: number): Job[] => storing.all(limit).map((row) => jobRow.parse(row).job),
    findExpired: (before: string, limit: number): Job[] =>
      expired.all(before, limit).map((row) => jobRow.parse(row).job),
    runTimes: (userEmail: string, kind: string, limit: number): number[] =>
      ofKind.all(userEmail, kind, limit).flatMap((row) => runTime(runRow.parse(row)) ?? []),
    ids: (after: string, limit: number): string[] =>
      ids.all(after, limit).map((row) => idRow.parse(row).job_id),
    countUnfinished(now: string, cap: number): UnfinishedJobs {
      const rows = countUnfinished.all({ now: Date.parse(now), cap }).map((row) => unfinishedRow.parse(row));
      const counts = rows.map(({ status, count }) => [status, count]);
      const stalled = rows.reduce((sum, row) => sum + (row.stalled ?? 0), 0);
      return { queued: 0, running: 0, "pending-storage": 0, ...Object.fromEntries(counts), stalled };
    },
  };
}
