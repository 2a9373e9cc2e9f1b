import { accessSync, constants } from "node:fs";
import { RepositoryUnavailableError, type JobRepository } from "./job-repository.ts";
import { asRepositoryError } from "./sqlite-errors.server.ts";
import { createSqliteFeed } from "./sqlite-feed.server.ts";
import { openDataFolder } from "./sqlite-folder.server.ts";
import { createSqliteDeliveries, createSqliteLogs, createSqliteResults } from "./sqlite-job-parts.server.ts";
import { createSqliteJobs } from "./sqlite-jobs.server.ts";
import { createSqliteList } from "./sqlite-list.server.ts";
import { createWriteQueue } from "./sqlite-write-queue.server.ts";

/**
 * The embedded repository: one SQLite file in `dataDir`, for one process at a time. Throws `DataFolderError` when
 * the folder cannot be used. A write is acknowledged after its COMMIT with `synchronous=FULL`, and the place in
 * the feed is taken in the same transaction.
 */
export function createSqliteRepository({ dataDir }: { dataDir: string }): JobRepository {
  const { db, file, release } = openDataFolder(dataDir);
  const queue = createWriteQueue(db);
  const feed = createSqliteFeed(db);
  const jobs = createSqliteJobs(db);
  const list = createSqliteList(db);
  const logs = createSqliteLogs(db);
  const results = createSqliteResults(db);
  const deliveries = createSqliteDeliveries(db);
  let closing: Promise<void> | undefined;

  function refuseWhenClosed(): void {
    if (closing) throw new RepositoryUnavailableError("the repository is closed");
  }
  async function read<T>(work: () => T): Promise<T> {
    refuseWhenClosed();
    try {
      return work();
    } catch (error) {
      throw asRepositoryError(error);
    }
  }
  async function write<T>(work: () => T): Promise<T> {
    refuseWhenClosed();
    return queue.enqueue(work);
  }

  return {
    insert: (target, idempotencyKey) =>
      write(() => {
        const { userEmail } = target.job;
        const existing = idempotencyKey === undefined ? undefined : jobs.findByKey(userEmail, idempotencyKey);
        if (existing) return { existing };
        feed.open(userEmail);
        const seq = jobs.insert(target, idempotencyKey);
        feed.advance(userEmail);
        return { seq };
      }),
    save: ({ job, expectedRevision, logs: lines, result, delivery }) =>
      write(() => {
        const seq = jobs.update(job, expectedRevision);
        if (seq === undefined) return "conflict";
        feed.advance(job.userEmail);
        logs.append(job.jobId, lines, job.logCount);
        if (result) results.put(job.jobId, result);
        if (delivery) deliveries.add(job.jobId, delivery);
        return { seq };
      }),
    recordDelivery: (jobId, delivery) => write(() => deliveries.add(jobId, delivery)),

    findTarget: (jobId) => read(() => jobs.findTarget(jobId)),
    findTargetByToken: (tokenHash) => read(() => jobs.findTargetByToken(tokenHash)),
    hasDelivery: (jobId, same) => read(() => deliveries.has(jobId, same)),
    find: (userEmail, jobId) => read(() => jobs.find(userEmail, jobId)),
    list: (userEmail, query) => read(() => list(userEmail, query)),
    logs: (jobId, range) => read(() => logs.read(jobId, range)),
    result: (jobId) => read(() => results.find(jobId)),
    countByStatus: (userEmail) => read(() => jobs.countByStatus(userEmail)),
    head: async (userEmail) => (await read(() => feed.head(userEmail))) ?? write(() => feed.open(userEmail)),
    changedAfter: (userEmail, seq, limit) => read(() => feed.changedAfter(userEmail, seq, limit)),

    async check() {
      await read(() => accessSync(file, constants.R_OK | constants.W_OK)).catch((error: unknown) => {
        throw new RepositoryUnavailableError(`the database file cannot be reached`, { cause: error });
      });
      await write(() => undefined);
    },
    close: () => (closing ??= letGo()),
  };

  async function letGo(): Promise<void> {
    queue.flush();
    try {
      db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    } finally {
      release();
    }
  }
}
