import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { FeedEntry, FeedHead } from "./job-repository.ts";
import { feedRow, headRow } from "./sqlite-rows.server.ts";

const LARGEST_SEQ = 2n ** 63n - 1n;

/** The order of one user's changes: an exact counter, moved in the transaction of the change. */
export function createSqliteFeed(db: DatabaseSync) {
  const select = db.prepare("SELECT epoch, head, swept_seq FROM feeds WHERE user_email = ?", {
    readBigInts: true,
  });
  const create = db.prepare("INSERT INTO feeds (user_email, epoch, head) VALUES (?, ?, 0)");
  const advance = db.prepare("UPDATE feeds SET head = head + 1 WHERE user_email = ?");
  const changed = db.prepare(
    `SELECT seq, job_id, job FROM jobs WHERE user_email = :user_email AND seq > :seq
     UNION ALL SELECT seq, job_id, NULL FROM tombstones WHERE user_email = :user_email AND seq > :seq
     ORDER BY seq LIMIT :limit`,
    { readBigInts: true },
  );

  function head(userEmail: string): FeedHead | undefined {
    const row = headRow.optional().parse(select.get(userEmail));
    return row && { epoch: row.epoch, seq: row.head, sweptSeq: row.swept_seq };
  }

  return {
    head,
    /** To be called within a write: the head of a feed, which begins here if this is its first. */
    open(userEmail: string): FeedHead {
      const known = head(userEmail);
      if (known) return known;
      const epoch = randomBytes(8).readBigUInt64BE().toString(36);
      create.run(userEmail, epoch);
      return { epoch, seq: 0n, sweptSeq: 0n };
    },
    /** To be called within a write: the change that was given `head + 1` is there. */
    advance(userEmail: string): void {
      advance.run(userEmail);
    },
    changedAfter(userEmail: string, seq: bigint, limit: number): FeedEntry[] {
      if (seq >= LARGEST_SEQ) return [];
      return changed.all({ user_email: userEmail, seq, limit }).map((row) => {
        const { seq: at, job_id, job } = feedRow.parse(row);
        return job === null ? { seq: at, removedJobId: job_id } : { seq: at, job };
      });
    },
  };
}
