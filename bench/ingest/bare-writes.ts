import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Job } from "#app/contract/job.ts";
import { newJob } from "#app/domain/new-job.ts";
import { receiveCallback } from "#app/domain/receive-callback.ts";
import { registerRequestSchema } from "#app/contract/http.ts";
import { parseCallback } from "#app/server/callback-body/parse-callback.server.ts";
import { createSqliteRepository } from "#app/server/repository/job-repository.sqlite.server.ts";
import { quantile } from "../measure/statistics.ts";
import { progressBody } from "./bodies.ts";

/**
 * `node bare-writes.ts <data folder>`: the durable write of the adapter alone, on command by message. The changes are
 * those of real callbacks; nothing is received, parsed, looked up or answered.
 */
const [, , dataDir = ""] = process.argv;
const commandSchema = z.object({ jobs: z.int(), inFlight: z.int(), seconds: z.number() });
const repository = createSqliteRepository({ dataDir });
const token = { hash: new Uint8Array(32), expiresAt: "2100-01-01T00:00:00.000Z" };
let changes = 0;

process.on("message", (message) => {
  void measure(commandSchema.parse(message)).then((run) => process.send?.(run));
});
process.once("disconnect", () => process.exit());
process.once("SIGTERM", () => void repository.close().then(() => process.exit()));
console.log("ready");

async function measure(command: z.infer<typeof commandSchema>): Promise<object> {
  const jobs: Job[] = [];
  while (jobs.length < command.jobs) jobs.push(await insertJob());
  const latencies: number[] = [];
  const startedAt = performance.now();
  const worker = async (): Promise<void> => {
    while (performance.now() - startedAt < command.seconds * 1000) {
      const at = performance.now();
      await saveNext(jobs);
      latencies.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: command.inFlight }, worker));
  const perSecond = (latencies.length / (performance.now() - startedAt)) * 1000;
  return { perSecond, p50: quantile(latencies, 0.5) };
}

async function insertJob(): Promise<Job> {
  const at = new Date().toISOString();
  const request = registerRequestSchema.parse({ title: "Bericht.pdf", kind: "pdf" });
  const job = newJob(request, { jobId: randomUUID(), userEmail: "local@localhost", at });
  const hash = crypto.getRandomValues(new Uint8Array(32));
  await repository.insert(job, { ...token, hash });
  return job;
}

const body = parseCallback(progressBody(0), {});
if (body.kind !== "parsed") throw new Error("the bench's own callback is refused");
const { report, bytes } = body;

async function saveNext(jobs: Job[]): Promise<void> {
  const index = changes++ % jobs.length;
  const before = jobs[index];
  if (before === undefined) return;
  const event = { type: "callback_received", at: new Date().toISOString(), report } as const;
  const reduction = receiveCallback(before, event);
  if (!reduction.applied) throw new Error("void: a change of the bench was not applied");
  jobs[index] = reduction.job;
  const request = { bytes, digest: String(changes).padStart(64, "0") };
  const delivery = { event, applied: true, request };
  const saved = await repository.save({
    ...reduction,
    expectedRevision: before.revision,
    changeId: randomUUID(),
    delivery,
  });
  if (saved === "conflict") throw new Error("void: a bare write met another one");
}
