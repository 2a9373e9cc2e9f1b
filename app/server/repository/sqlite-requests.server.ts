import type { DatabaseSync } from "node:sqlite";
import type { Job } from "#app/contract/job.ts";
import type { Delivery } from "#app/contract/job-event.ts";

/** More than the rate of a job lets it send in the seconds within which the same body is a duplicate; keys stay. */
const REQUESTS_KEPT = 1_000;
const TRIM_EVERY = 50;

/** The requests each job was changed by, to know them again. Apart from the deliveries, which ignored ones push out. */
export function createSqliteRequests(db: DatabaseSync) {
  const insert = db.prepare(
    "INSERT INTO applied_requests (job_id, revision, at, digest, idempotency_key) VALUES (?, ?, ?, ?, ?)",
  );
  const trim = db.prepare(
    "DELETE FROM applied_requests WHERE job_id = ? AND revision <= ? AND idempotency_key IS NULL",
  );
  const withKey = db.prepare("SELECT 1 FROM applied_requests WHERE job_id = ? AND idempotency_key = ?");
  const withDigest = db.prepare(
    "SELECT 1 FROM applied_requests WHERE job_id = ? AND digest = ? AND at >= ? LIMIT 1",
  );

  return {
    /** Remembers what led to this revision of the job; a change that no request brought leaves nothing. */
    add({ jobId, revision }: Job, { event, request }: Delivery): void {
      if (request === undefined) return;
      insert.run(jobId, revision, event.at, request.digest, request.idempotencyKey ?? null);
      if (revision % TRIM_EVERY === 0) trim.run(jobId, revision - REQUESTS_KEPT);
    },
    has(jobId: string, match: { digest: string; since: string; idempotencyKey?: string }): boolean {
      const { digest, since, idempotencyKey } = match;
      if (idempotencyKey !== undefined && withKey.get(jobId, idempotencyKey) !== undefined) return true;
      return withDigest.get(jobId, digest, since) !== undefined;
    },
  };
}
