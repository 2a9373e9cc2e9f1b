import { accessSync, constants } from "node:fs";
import { RepositoryUnavailableError, type JobRepository } from "./job-repository.ts";
import { asRepositoryError } from "./sqlite-errors.server.ts";
import { createSqliteFeed } from "./sqlite-feed.server.ts";
import { openDataFolder } from "./sqlite-folder.server.ts";
import { createSqliteDeliveries } from "./sqlite-deliveries.server.ts";
import { createSqliteJobs } from "./sqlite-jobs.server.ts";
import { createSqliteList } from "./sqlite-list.server.ts";
import { createSqliteLogs } from "./sqlite-logs.server.ts";
import { createSqliteRequests } from "./sqlite-requests.server.ts";
import { createSqliteTombstones } from "./sqlite-tombstones.server.ts";
import { createSqliteTargets } from "./sqlite-targets.server.ts";
import { createTargetCache } from "./sqlite-target-cache.server.ts";
import { createWriteQueue } from "./sqlite-write-queue.server.ts";

/** A copy of the database that is older than this is told from it, also after a crash. */
const RENEW_EVERY_MS = 60_000;

/**
 * The embedded repository: one SQLite file in `dataDir`, for one process at a time. Throws `DataFolderError` when
 * the folder cannot be used. A write is acknowledged after its COMMIT with `synchronous=FULL`, and the place in
 * the feed is taken in the same transaction.
 */
export function createSqliteRepository({ dataDir }: { dataDir: string }): JobRepository {
  const { db, file, mark, release } = openDataFolder(dataDir);
  const queue = createWriteQueue(db);
  const feed = createSqliteFeed(db);
  const jobs = createSqliteJobs(db);
  const list = createSqliteList(db);
  const logs = createSqliteLogs(db);
  const targets = createSqliteTargets(db);
  const cache = createTargetCache();
  const tombstones = createSqliteTombstones(db);
  const deliveries = createSqliteDeliveries(db);
  const requests = createSqliteRequests(db);
  let closing: Promise<void> | undefined;
  let isMarkOld = false;
  const renewing = setInterval(() => {
    if (isMarkOld) mark.renew();
    isMarkOld = false;
  }, RENEW_EVERY_MS);
  renewing.unref();

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
    isMarkOld = true;
    return queue.enqueue(work);
  }

  return {
    lateBy: 0n,
    insert: (job, token, request) =>
      write(() => {
        const { jobId, userEmail, createdAt: at } = job;
        const existing = request && jobs.findByKey(userEmail, request.key);
        if (existing) return existing;
        feed.open(userEmail);
        const seq = jobs.insert(job, request);
        feed.advance(userEmail);
        targets.add(jobId, token);
        deliveries.add(jobId, { event: { type: "job_registered", at, job }, applied: true });
        return { seq };
      }),
    addToken: (jobId, token) => write(() => targets.add(jobId, token)).finally(() => cache.forget(jobId)),
    async save(change) {
      const { job, logs: lines, delivery, rotation } = change;
      try {
        const saved = await write(() => {
          const seq = jobs.update(change);
          if (seq === undefined) return "conflict";
          feed.advance(job.userEmail);
          logs.append(job.jobId, lines, job.logCount);
          deliveries.add(job.jobId, delivery);
          requests.add(job, delivery);
          if (rotation !== undefined) targets.rotate(job.jobId, rotation);
          return { seq };
        });
        if (saved === "conflict" || rotation !== undefined) cache.forget(job.jobId);
        else cache.update(job);
        return saved;
      } catch (error) {
        cache.forget(job.jobId);
        throw error;
      }
    },
    recordDelivery: (jobId, delivery) => write(() => deliveries.add(jobId, delivery)),
    remove: (job, at) =>
      write<{ seq: bigint } | "conflict">(() => {
        const seq = jobs.remove(job, at);
        if (seq === undefined) return "conflict";
        feed.advance(job.userEmail);
        return { seq };
      }).finally(() => cache.forget(job.jobId)),

    sweepTombstones: (before, limit) => write(() => tombstones.sweep(before, limit)),

    findTarget: (jobId) => read(() => cache.get(jobId, () => targets.find(jobId))),
    findTargetByToken: (tokenHash) => read(() => targets.findByToken(tokenHash)),
    hasDelivery: (jobId, match) => read(() => requests.has(jobId, match)),
    deliveries: (userEmail, jobId, limit) => read(() => deliveries.latest(userEmail, jobId, limit)),
    history: (jobId) => read(() => deliveries.history(jobId)),
    findSilent: (now, limit) => read(() => jobs.findSilent(now, limit)),
    findToAsk: (range, limit) => read(() => jobs.findToAsk(range, limit)),
    findStoring: (limit) => read(() => jobs.findStoring(limit)),
    findExpired: (before, limit) => read(() => jobs.findExpired(before, limit)),
    countUnfinished: (now, cap) => read(() => jobs.countUnfinished(now, cap)),
    jobIds: (after, limit) => read(() => jobs.ids(after, limit)),
    runTimes: (userEmail, kind, limit) => read(() => jobs.runTimes(userEmail, kind, limit)),
    find: (userEmail, jobId) => read(() => jobs.find(userEmail, jobId)),
    list: (userEmail, query) => read(() => list(userEmail, query)),
    logs: (userEmail, jobId, range) => read(() => logs.read(userEmail, jobId, range)),
    head: async (userEmail) => (await read(() => feed.head(userEmail))) ?? write(() => feed.open(userEmail)),
    changedAfter: (userEmail, seq, limit) => read(() => feed.changedAfter(userEmail, seq, limit)),
    async headWithChanges(userEmail, seq, limit) {
      const begun = await read(() => {
        const head = feed.head(userEmail);
        return head && { head, entries: feed.changedAfter(userEmail, seq, limit) };
      });
      return begun ?? { head: await write(() => feed.open(userEmail)), entries: [] };
    },

    async check() {
      await read(() => accessSync(file, constants.R_OK | constants.W_OK)).catch((error: unknown) => {
        throw new RepositoryUnavailableError(`the database file cannot be reached`, { cause: error });
      });
      await write(() => undefined);
    },
    close: () => (closing ??= letGo()),
  };

  async function letGo(): Promise<void> {
    clearInterval(renewing);
    queue.flush();
    try {
      mark.renew();
      db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    } finally {
      release();
    }
  }
}
