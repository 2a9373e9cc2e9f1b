import { expect, it, onTestFinished } from "vitest";
import { startReplicaSet } from "../support/start-replica-set.ts";
import { withMongo } from "../support/with-mongo.ts";
import { postJson, readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { readStream } from "./support/read-stream.ts";
import { startServer } from "./support/start-server.ts";

withMongo(() => {
  it("while MongoDB is away callbacks are answered 503, streams stay and say degraded; its return mends all of it", async () => {
    const set = await startReplicaSet(1);
    onTestFinished(() => set.stop());
    await using server = await startServer({ env: { MONGODB_URI: set.uri, HEARTBEAT_SECONDS: "0.5" } });
    const job = await registerJob(server.url);
    await sendCallback(job, { progress: 1 });
    using stream = await readStream(server.url);
    await stream.until("ready");

    const member = await set.primary();
    await member.kill();
    const headers = { Authorization: `Bearer ${job.callback_token}` };
    const refused = await postJson(job.callback_url, { progress: 2 }, headers);
    expect([refused.status, Number(refused.headers.get("Retry-After"))]).toEqual([503, expect.any(Number)]);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
    await stream.until("heartbeat", ({ data }) => data.degraded === true);

    await member.restart();
    await expect
      .poll(async () => (await postJson(job.callback_url, { progress: 50 }, headers)).status)
      .toBe(200);
    await stream.until("job_update", ({ data }) => data.progress === 50);
    await stream.until("heartbeat", ({ data }) => data.degraded !== true);
    expect(await readJob(server.url, job.jobId)).toMatchObject({ progress: 50 });
  });
});
