import type { DatabaseSync } from "node:sqlite";
import type { JobLog, JobResult } from "#app/contract/job.ts";
import { LOGS_KEPT } from "#app/domain/job-log.ts";
import type { Delivery } from "./job-repository.ts";
import { logRow, resultRow } from "./sqlite-rows.server.ts";

const DELIVERIES_KEPT = 50;

/** The lines of the jobs. What falls out of the last 500 goes by a range of the key: no job gets slower with age. */
export function createSqliteLogs(db: DatabaseSync) {
  const insert = db.prepare("INSERT INTO job_logs (job_id, idx, entry) VALUES (?, ?, ?)");
  const trim = db.prepare("DELETE FROM job_logs WHERE job_id = ? AND idx < ?");
  const select = db.prepare(
    "SELECT idx, entry FROM job_logs WHERE job_id = ? AND idx >= ? ORDER BY idx LIMIT ?",
  );
  return {
    /** Adds the last lines of a job that now has `logCount` of them. */
    append(jobId: string, logs: JobLog[], logCount: number): void {
      const kept = logs.slice(-LOGS_KEPT);
      for (const [index, entry] of kept.entries()) {
        insert.run(jobId, logCount - kept.length + index, JSON.stringify(entry));
      }
      if (logs.length > 0 && logCount > LOGS_KEPT) trim.run(jobId, logCount - LOGS_KEPT);
    },
    read: (jobId: string, { from, limit }: { from: number; limit: number }) =>
      select.all(jobId, from, limit).map((row) => {
        const { idx, entry } = logRow.parse(row);
        return { index: idx, entry };
      }),
  };
}

/** The results of the jobs, apart from their rows so that lists stay small. */
export function createSqliteResults(db: DatabaseSync) {
  const put = db.prepare("INSERT OR REPLACE INTO results (job_id, result) VALUES (?, ?)");
  const select = db.prepare("SELECT result FROM results WHERE job_id = ?");
  return {
    put: (jobId: string, result: JobResult) => void put.run(jobId, JSON.stringify(result)),
    find: (jobId: string) => resultRow.optional().parse(select.get(jobId))?.result,
  };
}

/** The last 50 deliveries of each job, numbered per job. */
export function createSqliteDeliveries(db: DatabaseSync) {
  const insert = db.prepare(
    `INSERT INTO deliveries (job_id, n, received_at, digest, idempotency_key, applied, delivery)
     SELECT job_id, 1 + coalesce((SELECT max(n) FROM deliveries WHERE job_id = :job_id), 0),
       :received_at, :digest, :idempotency_key, :applied, :delivery
     FROM jobs WHERE job_id = :job_id`,
  );
  const trim = db.prepare(
    `DELETE FROM deliveries WHERE job_id = :job_id
     AND n <= (SELECT max(n) FROM deliveries WHERE job_id = :job_id) - ${DELIVERIES_KEPT}`,
  );
  const match = db.prepare(
    `SELECT 1 FROM deliveries WHERE job_id = :job_id AND applied
     AND (idempotency_key = :idempotency_key OR (digest = :digest AND received_at >= :since)) LIMIT 1`,
  );
  return {
    add(jobId: string, delivery: Delivery): void {
      insert.run({
        job_id: jobId,
        received_at: delivery.receivedAt,
        digest: delivery.digest,
        idempotency_key: delivery.idempotencyKey ?? null,
        applied: delivery.applied ? 1 : 0,
        delivery: JSON.stringify(delivery),
      });
      trim.run({ job_id: jobId });
    },
    has: (jobId: string, same: { digest: string; since: string; idempotencyKey?: string }) => {
      const { digest, since, idempotencyKey = null } = same;
      return match.get({ job_id: jobId, digest, since, idempotency_key: idempotencyKey }) !== undefined;
    },
  };
}
