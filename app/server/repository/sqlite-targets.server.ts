import type { DatabaseSync } from "node:sqlite";
import type { CallbackTarget, CallbackToken, TokenRotation } from "./job-repository.ts";
import { idRow, targetRow, tokenRow } from "./sqlite-rows.server.ts";

/** What callbacks are checked against: the tokens of the jobs, those of removed ones included. */
export function createSqliteTargets(db: DatabaseSync) {
  const insert = db.prepare(
    "INSERT INTO callback_tokens (hash, job_id, expires_at, signing_secret) VALUES (?, ?, ?, ?)",
  );
  const shorten = db.prepare("UPDATE callback_tokens SET expires_at = min(expires_at, ?) WHERE job_id = ?");
  const tokens = db.prepare("SELECT hash, expires_at, signing_secret FROM callback_tokens WHERE job_id = ?");
  const owner = db.prepare("SELECT job_id FROM callback_tokens WHERE hash = ?");
  const select = db.prepare(
    `SELECT job, 0 AS removed FROM jobs WHERE job_id = :job_id
     UNION ALL SELECT job, 1 FROM tombstones WHERE job_id = :job_id`,
  );

  function find(jobId: string): CallbackTarget | undefined {
    const row = targetRow.optional().parse(select.get({ job_id: jobId }));
    if (row === undefined) return undefined;
    return {
      job: row.job,
      tokens: tokens.all(jobId).map((token) => tokenRow.parse(token)),
      ...(row.removed ? { isRemoved: true } : {}),
    };
  }

  function add(jobId: string, { hash, expiresAt, signingSecret }: CallbackToken): void {
    insert.run(hash, jobId, expiresAt, signingSecret ?? null);
  }

  return {
    find,
    findByToken(hash: Uint8Array): CallbackTarget | undefined {
      const row = idRow.optional().parse(owner.get(hash));
      return row && find(row.job_id);
    },
    add,
    rotate(jobId: string, { token, olderUntil }: TokenRotation): void {
      shorten.run(olderUntil, jobId);
      add(jobId, token);
    },
  };
}
