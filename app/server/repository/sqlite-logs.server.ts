import type { DatabaseSync } from "node:sqlite";
import type { JobLog } from "#app/contract/job.ts";
import { LOGS_KEPT } from "#app/domain/job-log.ts";
import { IS_OWN_JOB, logRow } from "./sqlite-rows.server.ts";

/** The lines of the jobs. What falls out of the last 500 goes by a range of the key: no job gets slower with age. */
export function createSqliteLogs(db: DatabaseSync) {
  const insert = db.prepare("INSERT INTO job_logs (job_id, idx, entry) VALUES (?, ?, ?)");
  const trim = db.prepare("DELETE FROM job_logs WHERE job_id = ? AND idx < ?");
  const select = db.prepare(
    `SELECT idx, entry FROM job_logs WHERE job_id = ?1 AND ${IS_OWN_JOB} AND idx >= ? ORDER BY idx LIMIT ?`,
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
    read: (userEmail: string, jobId: string, { from, limit }: { from: number; limit: number }) =>
      select.all(jobId, userEmail, from, limit).map((row) => {
        const { idx, entry } = logRow.parse(row);
        return { index: idx, entry };
      }),
  };
}
