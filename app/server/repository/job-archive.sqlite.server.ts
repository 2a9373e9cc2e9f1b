import type { DatabaseSync } from "node:sqlite";
import { defined } from "#app/contract/defined.ts";
import type { ArchivedJob, JobArchive } from "./job-archive.ts";
import {
  archivedRow,
  historyRow,
  idRow,
  logRow,
  migrationRow,
  requestRow,
  tokenRow,
  totalsRow,
} from "./sqlite-rows.server.ts";
import { createArchiveWriter } from "./sqlite-archive-writer.server.ts";
import { asRepositoryError } from "./sqlite-errors.server.ts";
import { openDataFolder } from "./sqlite-folder.server.ts";

/**
 * The jobs of a data folder, which is locked as by a server: throws `DataFolderError` while one has it, or when it
 * cannot be used. Creates the folder where it is missing.
 */
export function openSqliteArchive({ dataDir }: { dataDir: string }): JobArchive {
  const { db, mark, release } = openDataFolder(dataDir);
  const read = createArchiveReader(db);
  const write = createArchiveWriter(db);
  const count = db.prepare(
    "SELECT (SELECT count(*) FROM jobs) AS jobs, (SELECT count(*) FROM tombstones) AS removed",
  );
  const ids = db.prepare(
    `SELECT job_id FROM jobs WHERE job_id > :after UNION ALL SELECT job_id FROM tombstones WHERE job_id > :after
     ORDER BY job_id LIMIT :limit`,
  );
  const migration = db.prepare("SELECT source, started_at, finished_at FROM migration");
  const note = db.prepare(
    "INSERT OR REPLACE INTO migration (id, source, started_at, finished_at) VALUES (1, ?, ?, ?)",
  );

  async function attempt<T>(work: () => T): Promise<T> {
    try {
      return work();
    } catch (error) {
      throw asRepositoryError(error);
    }
  }

  return {
    count: () => attempt(() => totalsRow.parse(count.get())),
    ids: (after, limit) => attempt(() => ids.all({ after, limit }).map((row) => idRow.parse(row).job_id)),
    read: (jobIds) => attempt(() => jobIds.toSorted().flatMap((jobId) => read(jobId) ?? [])),
    write: (jobs) => attempt(() => write(jobs)),
    migration: () =>
      attempt(() => {
        const row = migrationRow.optional().parse(migration.get());
        const finishedAt = row?.finished_at ?? undefined;
        return row && { source: row.source, startedAt: row.started_at, ...defined({ finishedAt }) };
      }),
    note: ({ source, startedAt, finishedAt }) =>
      attempt(() => void note.run(source, startedAt, finishedAt ?? null)),
    async close() {
      try {
        mark.renew();
        db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      } finally {
        release();
      }
    },
  };
}

function createArchiveReader(db: DatabaseSync): (jobId: string) => ArchivedJob | undefined {
  const job = db.prepare(
    `SELECT job, idempotency_key, request_digest, NULL AS removed_at FROM jobs WHERE job_id = :job_id
     UNION ALL SELECT job, NULL, NULL, removed_at FROM tombstones WHERE job_id = :job_id`,
  );
  const tokens = db.prepare(
    "SELECT hash, expires_at, signing_secret FROM callback_tokens WHERE job_id = ? ORDER BY hash",
  );
  const logs = db.prepare("SELECT idx, entry FROM job_logs WHERE job_id = ? ORDER BY idx");
  const deliveries = db.prepare("SELECT n, delivery, snapshot FROM deliveries WHERE job_id = ? ORDER BY n");
  const requests = db.prepare(
    `SELECT revision, at, digest, idempotency_key FROM applied_requests WHERE job_id = ?
     ORDER BY revision, digest`,
  );

  return (jobId) => {
    const row = archivedRow.optional().parse(job.get({ job_id: jobId }));
    if (row === undefined) return undefined;
    const { idempotency_key: key, request_digest: digest, removed_at } = row;
    return {
      job: row.job,
      ...defined({ removedAt: removed_at ?? undefined }),
      tokens: tokens.all(jobId).map((found) => {
        const token = tokenRow.parse(found);
        return { ...token, hash: Buffer.from(token.hash).toString("hex") };
      }),
      ...defined({ request: key === null || digest === null ? undefined : { key, digest } }),
      logs: logs.all(jobId).map((found) => {
        const { idx, entry } = logRow.parse(found);
        return { index: idx, entry };
      }),
      deliveries: deliveries.all(jobId).map((found) => {
        const { n, delivery, snapshot } = historyRow.parse(found);
        return { n, delivery, ...defined({ snapshot: snapshot ?? undefined }) };
      }),
      requests: requests.all(jobId).map((found) => {
        const { idempotency_key, ...request } = requestRow.parse(found);
        return { ...request, ...defined({ idempotencyKey: idempotency_key ?? undefined }) };
      }),
    };
  };
}
