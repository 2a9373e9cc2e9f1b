import { createHash } from "node:crypto";
import { MongoClient } from "mongodb";
import { z } from "zod";

const bodySchema = z.object({
  phase: z.string(),
  message: z.string(),
  process: z.object({ id: z.string() }),
  progress: z.number(),
});
const client = new MongoClient(process.env["MONGODB_URI"] ?? "");
const jobs = client.db().collection<{ _id: string }>("external_jobs");
const revisions = new Map<string, number>();
process.once("SIGTERM", () => void client.close());

/**
 * A callback of the bench without anything of jobmon: no token, no rules, no known requests. It writes the fields that
 * the product's write of such a callback changes, as one `updateOne` acknowledged by the majority.
 */
export async function answerCallback(request: Request, _: unknown, jobId = ""): Promise<Response> {
  const text = await request.text();
  const { phase, message, process: worker, progress } = bodySchema.parse(JSON.parse(text));
  const at = new Date();
  const digest = createHash("sha256").update(text).digest("hex");
  const report = { phase, message, processId: worker.id, progress };
  const event = { type: "callback_received", at: at.toISOString(), report };
  const delivery = JSON.stringify({ event, applied: true, request: { bytes: text.length, digest } });
  const revision = (revisions.get(jobId) ?? 0) + 1;
  revisions.set(jobId, revision);
  const silentAt = new Date(at.getTime() + 3_600_000);
  const { matchedCount } = await jobs.updateOne(
    { _id: jobId },
    {
      $set: { status: "running", phase, message, progress, processId: worker.id, revision, silentAt },
      $currentDate: { seq: { $type: "timestamp" }, updatedAt: true, lastCallbackAt: true },
      $inc: { logCount: 1, deliveryCount: 1 },
      $push: {
        logs: { $each: [{ timestamp: at, level: "info", phase, progress, message }], $slice: -50 },
        deliveries: { $each: [{ at, applied: true, digest, revision, delivery }], $slice: -16 },
      },
    },
    { writeConcern: { w: "majority" } },
  );
  if (matchedCount !== 1) return new Response("no such job", { status: 404 });
  return Response.json({ applied: true, status: "running", revision, cancelRequested: false });
}
