import type { DatabaseSync } from "node:sqlite";
import type { CallbackTarget, CallbackToken } from "./job-repository.ts";
import { idRow, targetRow, tokenRow } from "./sqlite-rows.server.ts";

/** What callbacks are checked against: the tokens of the jobs, those of removed ones included. */
export function createSqliteTargets(db: DatabaseSync) {
  const add = db.prepare("INSERT INTO callback_tokens (hash, job_id, expires_at) VALUES (?, ?, ?)");
  const tokens = db.prepare("SELECT hash, expires_at FROM callback_tokens WHERE job_id = ?");
  const owner = db.prepare("SELECT job_id FROM callback_tokens WHERE hash = ?");
  const select = db.prepare(
    `SELECT job, 0 AS removed FROM jobs WHERE job_id = :job_id
     UNION ALL SELECT job, 1 FROM tombstones WHERE job_id = :job_id`,
  );

  function find(jobId: string): CallbackTarget | undefined {
    const row = targetRow.optional().parse(select.get({ job_id: jobId }));
    if (row === undefined) return undefined;
    const known = tokens.all(jobId).map((token) => tokenRow.parse(token));
    return {
      job: row.job,
      tokens: known.map(({ hash, expires_at }) => ({ hash, expiresAt: expires_at })),
      ...(row.removed ? { isRemoved: true } : {}),
    };
  }

  return {
    find,
    findByToken(hash: Uint8Array): CallbackTarget | undefined {
      const row = idRow.optional().parse(owner.get(hash));
      return row && find(row.job_id);
    },
    add: (jobId: string, { hash, expiresAt }: CallbackToken) => void add.run(hash, jobId, expiresAt),
  };
}
