import type { Db } from "mongodb";
import type { Delivery } from "#app/contract/job-event.ts";
import { asRepositoryError } from "#app/server/mongo/mongo-errors.server.ts";
import { type JobRepository, RepositoryUnavailableError } from "./job-repository.ts";
import { createMongoChanges } from "./mongo-changes.server.ts";
import { mongoCollections } from "./mongo-collections.server.ts";
import { createCommits } from "./mongo-commits.server.ts";
import { createMongoDeliveries } from "./mongo-deliveries.server.ts";
import { createDeliveryTexts } from "./mongo-delivery-texts.server.ts";
import { createMongoFeed, LATE_BY } from "./mongo-feed.server.ts";
import { createKnownRequests } from "./mongo-known-requests.server.ts";
import { createMongoList } from "./mongo-list.server.ts";
import { createMongoLogs } from "./mongo-logs.server.ts";
import { createMongoRegistrations } from "./mongo-registrations.server.ts";
import { createMongoRemovals } from "./mongo-removals.server.ts";
import { createMongoRequests } from "./mongo-requests.server.ts";
import { createRooms } from "./mongo-rooms.server.ts";
import { createMongoScans } from "./mongo-scans.server.ts";
import { prepareMongo } from "./mongo-schema.server.ts";
import { createJobStates } from "./mongo-states.server.ts";
import { createMongoTargets } from "./mongo-targets.server.ts";
import { createTurns } from "./mongo-turns.server.ts";

/**
 * The repository of several instances: one MongoDB, a replica set. A write is acknowledged once the majority has it,
 * and the server gives it its place in the feed. `readsPlaces`: for a bus that has to be told; the database's own change
 * stream knows them. The client of `db` is the caller's, to be closed after this; that of `slow`, by which indexes are
 * made and old documents brought up to date, is needed no longer than until this resolves.
 */
export async function createMongoRepository(options: {
  db: Db;
  slow?: Db;
  readsPlaces?: boolean;
}): Promise<JobRepository> {
  const { db, slow = db, readsPlaces = true } = options;
  const collections = mongoCollections(db);
  const texts = createDeliveryTexts(collections);
  const states = createJobStates(collections);
  const turns = createTurns();
  const changes = createMongoChanges({
    texts,
    states,
    commit: createCommits(collections, { readsPlaces }),
    makeRoom: createRooms(collections),
  });
  const registrations = createMongoRegistrations(collections, texts);
  const removals = createMongoRemovals(db, collections);
  const targets = createMongoTargets(collections, states);
  const hasRequest = createKnownRequests(createMongoRequests(collections), states);
  const deliveries = createMongoDeliveries(collections, texts);
  const scans = createMongoScans(collections);
  const list = createMongoList(collections);
  const logs = createMongoLogs(collections);
  const feed = createMongoFeed(collections);
  /** Records that wait for their turn together, by job. */
  const records = new Map<string, { deliveries: Delivery[]; done: Promise<void> }>();
  let closing: Promise<void> | undefined;

  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    if (closing) throw new RepositoryUnavailableError("the repository is closed");
    try {
      return await work();
    } catch (error) {
      throw asRepositoryError(error);
    }
  }

  /** What waits behind a record is no longer waiting together with the next one. */
  function inTurn<T>(jobId: string, work: () => Promise<T>): Promise<T> {
    return attempt(() => {
      records.delete(jobId);
      return turns.take(jobId, work);
    });
  }

  function record(jobId: string, delivery: Delivery): Promise<void> {
    const open = records.get(jobId);
    if (open !== undefined) {
      open.deliveries.push(delivery);
      return open.done;
    }
    const together = [delivery];
    const done = inTurn(jobId, async () => {
      if (records.get(jobId)?.deliveries === together) records.delete(jobId);
      await changes.record(jobId, together);
    });
    records.set(jobId, { deliveries: together, done });
    return done;
  }

  await attempt(() => prepareMongo(slow));
  return {
    lateBy: LATE_BY,
    insert: (job, token, request) => inTurn(job.jobId, () => registrations(job, token, request)),
    addToken: (jobId, token) => inTurn(jobId, () => targets.add(jobId, token)),
    save: (change) => inTurn(change.job.jobId, () => changes.save(change)),
    recordDelivery: (jobId, delivery) => attempt(() => record(jobId, delivery)),
    remove: (job, at) =>
      inTurn(job.jobId, () => removals.remove(job, at).finally(() => states.forget(job.jobId))),
    sweepTombstones: (before, limit) => attempt(() => removals.sweep(before, limit)),

    findTarget: (jobId) => attempt(() => targets.find(jobId)),
    findTargetByToken: (tokenHash) => attempt(() => targets.findByToken(tokenHash)),
    hasDelivery: (jobId, match) => attempt(() => hasRequest(jobId, match)),
    deliveries: (userEmail, jobId, limit) => attempt(() => deliveries.latest(userEmail, jobId, limit)),
    history: (jobId) => attempt(() => deliveries.history(jobId)),
    findSilent: (now, limit) => attempt(() => scans.silent(now, limit)),
    findToAsk: (range, limit) => attempt(() => scans.toAsk(range, limit)),
    findStoring: (limit) => attempt(() => scans.storing(limit)),
    findExpired: (before, limit) => attempt(() => scans.expired(before, limit)),
    countUnfinished: (now, cap) => attempt(() => scans.countUnfinished(now, cap)),
    jobIds: (after, limit) => attempt(() => scans.ids(after, limit)),
    runTimes: (userEmail, kind, limit) => attempt(() => scans.runTimes(userEmail, kind, limit)),
    find: (userEmail, jobId) => attempt(() => scans.find(userEmail, jobId)),
    list: (userEmail, query) => attempt(() => list(userEmail, query)),
    logs: (userEmail, jobId, range) => attempt(() => logs.read(userEmail, jobId, range)),
    head: (userEmail) => attempt(() => feed.head(userEmail)),
    changedAfter: (userEmail, seq, limit) => attempt(() => feed.changedAfter(userEmail, seq, limit)),
    headWithChanges: (userEmail, seq, limit) => attempt(() => feed.headWithChanges(userEmail, seq, limit)),

    check: () => attempt(async () => void (await db.command({ ping: 1 }))),
    close: () => (closing ??= turns.idle()),
  };
}
