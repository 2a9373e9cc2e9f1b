import type { Job } from "#app/contract/job.ts";
import type { CallbackToken, JobRepository } from "#app/server/repository/job-repository.ts";

const REQUESTS_KEPT = 1_000;

type Entry = { job: Job; tokens: CallbackToken[]; digests: Map<string, string> };

/**
 * What of the repository a callback needs, from memory: baseline of the bench, and put by its build into the place of
 * the repository on disk. Nothing is durable, nothing can be read but the target of a callback.
 */
export function createSqliteRepository(): JobRepository {
  const entries = new Map<string, Entry>();
  const jobOfToken = new Map<string, string>();
  let seq = 0n;

  async function notHere(): Promise<never> {
    throw new Error("the repository of the bench only takes callbacks");
  }

  return {
    lateBy: 0n,
    async insert(job, token) {
      entries.set(job.jobId, { job, tokens: [token], digests: new Map() });
      jobOfToken.set(keyOf(token.hash), job.jobId);
      return { seq: ++seq };
    },
    findTarget: async (jobId) => entries.get(jobId),
    findTargetByToken: async (hash) => entries.get(jobOfToken.get(keyOf(hash)) ?? ""),
    async hasDelivery(jobId, { digest, since }) {
      const at = entries.get(jobId)?.digests.get(digest);
      return at !== undefined && at >= since;
    },
    async save({ job, expectedRevision, delivery }) {
      const entry = entries.get(job.jobId);
      if (entry === undefined || entry.job.revision !== expectedRevision) return "conflict";
      entry.job = job;
      remember(entry.digests, delivery.request?.digest, delivery.event.at);
      return { seq: ++seq };
    },
    async recordDelivery() {},
    findSilent: async () => [],
    findToAsk: async () => [],
    findStoring: async () => [],
    findExpired: async () => [],
    jobIds: async () => [],
    async check() {},
    async close() {},
    addToken: notHere,
    deliveries: notHere,
    history: notHere,
    remove: notHere,
    sweepTombstones: notHere,
    find: notHere,
    list: notHere,
    runTimes: () => Promise.resolve([]),
    logs: notHere,
    countUnfinished: () => Promise.resolve({ queued: 0, running: 0, "pending-storage": 0, stalled: 0 }),
    head: notHere,
    changedAfter: notHere,
    headWithChanges: notHere,
  };
}

function keyOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString("base64");
}

function remember(digests: Map<string, string>, digest: string | undefined, at: string): void {
  if (digest === undefined) return;
  digests.set(digest, at);
  const [oldest] = digests.keys();
  if (digests.size > REQUESTS_KEPT && oldest !== undefined) digests.delete(oldest);
}
