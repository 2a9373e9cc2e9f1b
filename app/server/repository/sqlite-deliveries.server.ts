import type { DatabaseSync } from "node:sqlite";
import type { Delivery } from "#app/contract/job-event.ts";
import type { JobHistory } from "./job-repository.ts";
import { deliveryRow, historyRow, IS_OWN_JOB, numberRow } from "./sqlite-rows.server.ts";

const DELIVERIES_SHOWN = 50;
/** Every so many deliveries the job is kept along with one, and what is older than the snapshot before goes. */
const SNAPSHOT_EVERY = 50;

/**
 * The deliveries of each job, numbered from its registration, which is number 0. The oldest kept one has a snapshot,
 * so the rest can be replayed from it; they are found and dropped by ranges of the key: no job gets slower with age.
 */
export function createSqliteDeliveries(db: DatabaseSync) {
  const insert = db.prepare(
    `INSERT INTO deliveries (job_id, n, delivery, snapshot)
     SELECT job_id, next.n, :delivery, iif(next.n % ${SNAPSHOT_EVERY} = 0, job, NULL)
     FROM jobs, (SELECT coalesce(max(n) + 1, 0) AS n FROM deliveries WHERE job_id = :job_id) AS next
     WHERE job_id = :job_id
     RETURNING n`,
  );
  // To the snapshot before: those of a job that came from another storage need not be where ours are.
  const trim = db.prepare(
    `DELETE FROM deliveries WHERE job_id = ?1 AND n <
       (SELECT n FROM deliveries WHERE job_id = ?1 AND n <= ?2 AND snapshot IS NOT NULL ORDER BY n DESC LIMIT 1)`,
  );
  const latest = db.prepare(
    `SELECT delivery FROM deliveries WHERE job_id = ?1 AND ${IS_OWN_JOB} ORDER BY n DESC LIMIT ?`,
  );
  const all = db.prepare("SELECT n, delivery, snapshot FROM deliveries WHERE job_id = ? ORDER BY n");

  return {
    /** To be called after the job's own row was written, whose state the snapshot is. Nothing for a job that is gone. */
    add(jobId: string, delivery: Delivery): void {
      const row = insert.get({ job_id: jobId, delivery: JSON.stringify(delivery) });
      const n = numberRow.optional().parse(row)?.n;
      if (n !== undefined && n % SNAPSHOT_EVERY === 0) trim.run(jobId, n - SNAPSHOT_EVERY);
    },
    latest: (userEmail: string, jobId: string, limit: number): Delivery[] =>
      latest
        .all(jobId, userEmail, Math.min(limit, DELIVERIES_SHOWN))
        .map((row) => deliveryRow.parse(row).delivery),
    history(jobId: string): JobHistory | undefined {
      const [oldest, ...later] = all.all(jobId).map((row) => historyRow.parse(row));
      if (!oldest?.snapshot) return undefined;
      const deliveries = later.map(({ delivery }) => delivery);
      return { base: oldest.snapshot, deliveries, isWhole: oldest.n === 0 };
    },
  };
}
