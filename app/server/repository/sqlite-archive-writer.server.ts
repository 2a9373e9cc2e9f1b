import type { DatabaseSync } from "node:sqlite";
import { defined } from "#app/contract/defined.ts";
import type { ArchivedJob } from "./job-archive.ts";
import { createSqliteFeed } from "./sqlite-feed.server.ts";
import { createSqliteJobs } from "./sqlite-jobs.server.ts";
import { createSqliteTargets } from "./sqlite-targets.server.ts";

/** Stores archived jobs in one transaction, each in the place of what is known of it. */
export function createArchiveWriter(db: DatabaseSync): (jobs: ArchivedJob[]) => void {
  const [feed, jobs, targets] = [createSqliteFeed(db), createSqliteJobs(db), createSqliteTargets(db)];
  const forgotten = ["jobs", "tombstones", "callback_tokens"].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE job_id = ?`),
  );
  const log = db.prepare("INSERT INTO job_logs (job_id, idx, entry) VALUES (?, ?, ?)");
  const delivery = db.prepare("INSERT INTO deliveries (job_id, n, delivery, snapshot) VALUES (?, ?, ?, ?)");
  const request = db.prepare(
    "INSERT INTO applied_requests (job_id, revision, at, digest, idempotency_key) VALUES (?, ?, ?, ?, ?)",
  );

  function writeOne(archived: ArchivedJob): void {
    const { job, removedAt } = archived;
    const { jobId, userEmail } = job;
    for (const forget of forgotten) forget.run(jobId);
    feed.open(userEmail);
    jobs.insert(job, archived.request);
    for (const { hash, expiresAt, signingSecret } of archived.tokens) {
      targets.add(jobId, { hash: Buffer.from(hash, "hex"), expiresAt, ...defined({ signingSecret }) });
    }
    for (const { index, entry } of archived.logs) log.run(jobId, index, JSON.stringify(entry));
    for (const { n, delivery: value, snapshot } of archived.deliveries) {
      delivery.run(jobId, n, JSON.stringify(value), snapshot ? JSON.stringify(snapshot) : null);
    }
    for (const { revision, at, digest, idempotencyKey } of archived.requests) {
      request.run(jobId, revision, at, digest, idempotencyKey ?? null);
    }
    if (removedAt !== undefined) jobs.remove(job, removedAt);
    feed.advance(userEmail);
  }

  return (archived) => {
    db.exec("BEGIN IMMEDIATE");
    try {
      for (const one of archived) writeOne(one);
      db.exec("COMMIT");
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK");
      throw error;
    }
  };
}
