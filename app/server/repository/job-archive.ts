import { z } from "zod";
import { jobLogSchema, jobSchema } from "#app/contract/job.ts";
import { deliverySchema } from "#app/contract/job-event.ts";

const instant = z.iso.datetime();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * Everything a repository keeps of one job, in the same form whatever keeps it: two that are equal have equal jobs.
 * `removedAt`: it is removed, and `job` its last state. Logs by index and deliveries by number, oldest first, the oldest
 * delivery with the state after it as `snapshot`; `requests` are those that changed the job; hashes in hex. Its place in
 * the feed is not part of it: a feed belongs to one storage.
 */
export const archivedJobSchema = z.object({
  job: jobSchema,
  removedAt: instant.optional(),
  tokens: z.array(z.object({ hash: sha256, expiresAt: instant, signingSecret: z.string().optional() })),
  request: z.object({ key: z.string(), digest: z.string() }).optional(),
  logs: z.array(z.object({ index: z.int().min(0), entry: jobLogSchema })),
  deliveries: z.array(
    z.object({ n: z.int().min(0), delivery: deliverySchema, snapshot: z.optional(jobSchema) }),
  ),
  requests: z.array(
    z.object({
      revision: z.int(),
      at: instant,
      digest: z.string(),
      idempotencyKey: z.string().optional(),
    }),
  ),
});
export type ArchivedJob = z.infer<typeof archivedJobSchema>;

/** That a storage was filled from another one, `source`; without `finishedAt` that is not done yet. */
export type Migration = { source: string; startedAt: string; finishedAt?: string };

/**
 * All jobs of a storage, to be carried to another one while no server uses either. Rejects with
 * `RepositoryUnavailableError` when the storage cannot be read or written.
 */
export interface JobArchive {
  /** How many jobs there are, the removed ones apart. */
  count(): Promise<{ jobs: number; removed: number }>;
  /** The ids of all jobs in order, the removed ones included, `limit` after the given one. */
  ids(after: string, limit: number): Promise<string[]>;
  /** The jobs of these ids that are there, in order of the ids. */
  read(jobIds: string[]): Promise<ArchivedJob[]>;
  /**
   * Stores jobs, each whole or not at all and durable before this resolves, in the place of what is known of them. Each
   * takes the next place in its user's feed, which begins here with an epoch of its own.
   */
  write(jobs: ArchivedJob[]): Promise<void>;
  /** What `note` left here last. */
  migration(): Promise<Migration | undefined>;
  note(migration: Migration): Promise<void>;
  close(): Promise<void>;
}
