import { z } from "zod";
import { type Job, jobStatusSchema } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import { runTime } from "#app/domain/usual-time.ts";
import type { UnfinishedJobs } from "./job-repository.ts";
import type { MongoCollections } from "./mongo-collections.server.ts";
import { JOB_PROJECTION, jobOf } from "./mongo-documents.server.ts";

const FINAL = jobStatusSchema.options.filter(isFinal);
const countSchema = z.object({ _id: z.enum(["queued", "running"]), count: z.int(), stalled: z.int() });

/** What jobmon itself looks for among the jobs of all users. */
export function createMongoScans({ jobs }: MongoCollections) {
  const oldest = { projection: JOB_PROJECTION, sort: { updatedAt: 1 } } as const;

  return {
    async find(userEmail: string, jobId: string): Promise<Job | undefined> {
      const document = await jobs.findOne({ _id: jobId, userEmail }, { projection: JOB_PROJECTION });
      return document === null ? undefined : jobOf(document);
    },
    async silent(now: string, limit: number): Promise<Job[]> {
      const options = { projection: JOB_PROJECTION, sort: { silentAt: 1 }, limit } as const;
      return (await jobs.find({ silentAt: { $lte: new Date(now) } }, options).toArray()).map(jobOf);
    },
    async toAsk({ after, until }: { after: string; until: string }, limit: number): Promise<Job[]> {
      const options = { projection: JOB_PROJECTION, sort: { askAt: 1 }, limit } as const;
      return (await jobs.find({ askAt: { $gt: after, $lte: until } }, options).toArray()).map(jobOf);
    },
    async runTimes(userEmail: string, kind: string, limit: number): Promise<number[]> {
      const options = { projection: JOB_PROJECTION, sort: { updatedAt: -1 }, limit } as const;
      const found = await jobs.find({ userEmail, kind, status: "completed" }, options).toArray();
      return found.flatMap((document) => runTime(jobOf(document)) ?? []);
    },
    async storing(limit: number): Promise<Job[]> {
      const options = { projection: JOB_PROJECTION, sort: { storingAt: 1 }, limit } as const;
      return (await jobs.find({ storingAt: { $gt: "" } }, options).toArray()).map(jobOf);
    },
    /** One status at a time: a partial index is not found for several. */
    async expired(before: string, limit: number): Promise<Job[]> {
      const updatedAt = { $lt: new Date(before) };
      const found = await Promise.all(
        FINAL.map((status) => jobs.find({ status, updatedAt }, { ...oldest, limit }).toArray()),
      );
      const expired = found.flat().map(jobOf);
      return expired.toSorted((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1)).slice(0, limit);
    },
    async countUnfinished(now: string, cap: number): Promise<UnfinishedJobs> {
      const patience = { $multiply: [1000, { $subtract: ["$timeoutSeconds", "$stallAfterSeconds"] }] };
      const stalledAt = { $subtract: ["$silentAt", patience] };
      const isStalled = { $and: [{ $eq: ["$status", "running"] }, { $lte: [stalledAt, new Date(now)] }] };
      const [waiting, storing] = await Promise.all([
        jobs
          .aggregate([
            { $match: { silentAt: { $exists: true } } },
            { $limit: cap },
            {
              $group: { _id: "$status", count: { $sum: 1 }, stalled: { $sum: { $cond: [isStalled, 1, 0] } } },
            },
          ])
          .toArray(),
        jobs.countDocuments({ status: "pending-storage" }, { limit: cap }),
      ]);
      const counts = waiting.map((row) => countSchema.parse(row));
      return {
        queued: 0,
        running: 0,
        ...Object.fromEntries(counts.map(({ _id, count }) => [_id, count])),
        "pending-storage": storing,
        stalled: counts.reduce((sum, { stalled }) => sum + stalled, 0),
      };
    },
    async ids(after: string, limit: number): Promise<string[]> {
      const options = { projection: { _id: 1 }, sort: { _id: 1 }, limit } as const;
      return (await jobs.find({ _id: { $gt: after } }, options).toArray()).map(({ _id }) => _id);
    },
  };
}
