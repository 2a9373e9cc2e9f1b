import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { DataFolderError } from "./data-folder-error.ts";

/** The schema as steps; the n-th brings a database to `user_version` n. A released step never changes again. */
const STEPS = [
  `
  CREATE TABLE feeds (
    user_email TEXT PRIMARY KEY,
    epoch TEXT NOT NULL,
    head INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE jobs (
    job_id TEXT PRIMARY KEY,
    user_email TEXT NOT NULL REFERENCES feeds,
    seq INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    change_id TEXT,
    status TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    silent_at TEXT,
    idempotency_key TEXT,
    request_digest TEXT,
    search TEXT NOT NULL,
    job TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX jobs_feed ON jobs (user_email, seq);
  CREATE INDEX jobs_list ON jobs (user_email, updated_at, job_id, status);
  CREATE UNIQUE INDEX jobs_idempotency ON jobs (user_email, idempotency_key) WHERE idempotency_key IS NOT NULL;
  CREATE INDEX jobs_silent ON jobs (silent_at) WHERE silent_at IS NOT NULL;
  CREATE INDEX jobs_storing ON jobs (updated_at) WHERE status = 'pending-storage';

  CREATE TABLE tombstones (
    job_id TEXT PRIMARY KEY,
    user_email TEXT NOT NULL REFERENCES feeds,
    seq INTEGER NOT NULL,
    removed_at TEXT NOT NULL,
    job TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX tombstones_feed ON tombstones (user_email, seq);
  CREATE INDEX tombstones_age ON tombstones (removed_at);

  CREATE TABLE callback_tokens (
    hash BLOB PRIMARY KEY,
    job_id TEXT NOT NULL,
    expires_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX callback_tokens_job ON callback_tokens (job_id);

  CREATE TABLE job_logs (
    job_id TEXT NOT NULL REFERENCES jobs ON DELETE CASCADE,
    idx INTEGER NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (job_id, idx)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE deliveries (
    job_id TEXT NOT NULL REFERENCES jobs ON DELETE CASCADE,
    n INTEGER NOT NULL,
    delivery TEXT NOT NULL,
    snapshot TEXT,
    PRIMARY KEY (job_id, n)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE applied_requests (
    job_id TEXT NOT NULL REFERENCES jobs ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    at TEXT NOT NULL,
    digest TEXT NOT NULL,
    idempotency_key TEXT,
    PRIMARY KEY (job_id, digest, revision)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX applied_requests_key ON applied_requests (job_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
  `,
  `
  ALTER TABLE feeds ADD COLUMN swept_seq INTEGER NOT NULL DEFAULT 0;

  CREATE TABLE restore_mark (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    mark TEXT NOT NULL,
    changed_at TEXT NOT NULL
  ) STRICT;
  `,
  `
  CREATE INDEX jobs_ended ON jobs (updated_at) WHERE status IN ('completed', 'failed', 'canceled');
  `,
  `
  CREATE TABLE migration (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    source TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT
  ) STRICT;
  `,
  `
  CREATE INDEX jobs_kind ON jobs (user_email, job ->> 'kind', updated_at) WHERE status = 'completed';
  `,
  `
  ALTER TABLE callback_tokens ADD COLUMN signing_secret TEXT;
  `,
  `
  ALTER TABLE jobs ADD COLUMN ask_at TEXT;
  UPDATE jobs SET ask_at = updated_at
  WHERE status IN ('queued', 'running') AND job ->> 'processId' LIKE 'job-____________________________________';
  CREATE INDEX jobs_ask ON jobs (ask_at) WHERE ask_at IS NOT NULL;
  `,
  `
  CREATE INDEX jobs_counts ON jobs (user_email, status);
  `,
  `
  ALTER TABLE jobs ADD COLUMN storing_at TEXT;
  UPDATE jobs SET storing_at = updated_at WHERE status = 'pending-storage';
  DROP INDEX jobs_storing;
  CREATE INDEX jobs_storing ON jobs (storing_at) WHERE storing_at IS NOT NULL;
  `,
];

const versionRow = z.object({ user_version: z.int() });

/** Brings the schema up to date, each step whole or not at all. Throws `DataFolderError` for a newer database. */
export function migrate(db: DatabaseSync, dataDir: string): void {
  const version = versionRow.parse(db.prepare("PRAGMA user_version").get()).user_version;
  if (version > STEPS.length) {
    throw new DataFolderError(
      "too_new",
      `The database in the data folder ${dataDir} was written by a newer jobmon (version ${version} of the ` +
        `schema, this one knows ${STEPS.length}). Start that newer jobmon, or restore a backup from before.`,
    );
  }
  for (const [index, step] of STEPS.entries()) {
    if (index >= version) apply(db, step, index + 1);
  }
}

function apply(db: DatabaseSync, step: string, version: number): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    db.exec(`${step}; PRAGMA user_version = ${version}; COMMIT`);
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}
