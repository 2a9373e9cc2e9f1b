import type { DatabaseSync } from "node:sqlite";
import { tombstoneRow } from "./sqlite-rows.server.ts";

/** What is left of removed jobs. */
export function createSqliteTombstones(db: DatabaseSync) {
  const oldest = db.prepare(
    "SELECT job_id, user_email, seq FROM tombstones WHERE removed_at < ? ORDER BY removed_at LIMIT ?",
    { readBigInts: true },
  );
  const remember = db.prepare("UPDATE feeds SET swept_seq = max(swept_seq, ?) WHERE user_email = ?");
  const removeTokens = db.prepare("DELETE FROM callback_tokens WHERE job_id = ?");
  const remove = db.prepare("DELETE FROM tombstones WHERE job_id = ?");

  return {
    /** To be called within a write. Returns how many. */
    sweep(before: string, limit: number): number {
      const rows = oldest.all(before, limit).map((row) => tombstoneRow.parse(row));
      for (const { job_id, user_email, seq } of rows) {
        remember.run(seq, user_email);
        removeTokens.run(job_id);
        remove.run(job_id);
      }
      return rows.length;
    },
  };
}
