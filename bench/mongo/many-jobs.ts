import { randomBytes } from "node:crypto";
import { Timestamp } from "mongodb";
import type { Job, JobLog } from "#app/contract/job.ts";
import { registerRequestSchema } from "#app/contract/http.ts";
import { newJob } from "#app/domain/new-job.ts";
import type { ListKey } from "#app/server/repository/list-cursor.ts";
import type { MongoCollections } from "#app/server/repository/mongo-collections.server.ts";
import { jobFields, logFields, tokenFields } from "#app/server/repository/mongo-documents.server.ts";

const BATCH = 5_000;
const LINES = 3;
const NEWEST = Date.now();
const request = registerRequestSchema.parse({ title: "Jahresbericht 2026.pdf", kind: "pdf" });

/** The place in the list of the n-th job, the newest first: one a second. */
export function keyOf(n: number): ListKey {
  return {
    updatedAt: new Date(NEWEST - n * 1_000).toISOString(),
    jobId: `job-${String(n).padStart(9, "0")}`,
  };
}

/** So many jobs of the one user of local mode, past the product: 98 of 100 completed, the others failed or canceled. */
export async function insertMany({ jobs }: MongoCollections, count: number): Promise<void> {
  for (let n = 0; n < count; n += BATCH)
    await jobs.insertMany(
      Array.from({ length: Math.min(BATCH, count - n) }, (_, i) => documentOf(n + i)),
      { ordered: false, writeConcern: { w: 1 } },
    );
}

function documentOf(n: number) {
  const { jobId, updatedAt: at } = keyOf(n);
  const registered = newJob(request, { jobId, userEmail: "dev@localhost", at });
  const status = ({ 0: "failed", 1: "canceled" } as const)[n % 100] ?? "completed";
  const job: Job = {
    ...registered,
    status,
    progress: 100,
    startedAt: at,
    lastCallbackAt: at,
    revision: LINES,
  };
  const lines = Array.from({ length: LINES }, (_, i): JobLog => ({
    timestamp: at,
    level: "info",
    phase: "running",
    message: `Seite ${i} extrahiert`,
  }));
  const event = { type: "job_registered", at, job: registered };
  return {
    _id: jobId,
    ...jobFields({ ...job, logCount: LINES }),
    ...tokenFields([{ hash: randomBytes(32), expiresAt: "2100-01-01T00:00:00.000Z" }]),
    // The server puts its next timestamp in the place of an empty one.
    seq: new Timestamp(0n),
    logs: lines.map(logFields),
    deliveries: [{ at: new Date(at), applied: true, delivery: JSON.stringify({ event, applied: true }) }],
    deliveryCount: 1,
    deliveryPage: 0,
  } as never;
}
