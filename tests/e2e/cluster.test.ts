import { expect, it, onTestFinished } from "vitest";
import { type Cluster, type Instance, startCluster } from "../../scripts/cluster/start-cluster.ts";
import { withProgram } from "../setup/engines/with-program.ts";
import { postJson, readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { readStream } from "./support/read-stream.ts";

const MEGABYTE = 1024 * 1024;
/** An instance that sends nothing by itself: whatever arrives has not been pushed out by something behind it. */
const SILENT = { HEARTBEAT_SECONDS: "3600" };

withProgram("nginx", (nginx) => {
  it("the nginx of compose.yaml passes events at once, large finals whole, and no metrics", async () => {
    await using cluster = await start(nginx, { env: SILENT, count: 1 });
    const job = await registerJob(cluster.url);
    expect(job.callback_url).toBe(`${cluster.url}/api/external/jobs/${job.jobId}`);
    using stream = await readStream(cluster.url);
    await stream.until("ready");
    await sendCallback(job, { progress: 42 });
    await stream.until("job_update", ({ data }) => data.progress === 42);
    const text = "ä".repeat(12 * MEGABYTE);
    await sendCallback(job, { phase: "completed", data: { extracted_text: text } });
    await stream.until("job_update", ({ data }) => data.status === "completed");
    const answer = await fetch(`${job.callback_url}/result`);
    expect((await answer.json()).text).toBe(text);
    expect((await fetch(`${cluster.url}/metrics`)).status).toBe(404);
    expect((await fetch(`${cluster.instances[0]?.url}/metrics`)).status).toBe(200);
  });

  it("the nginx of compose.yaml leaves it to jobmon to refuse what is too large", async () => {
    await using cluster = await start(nginx, { env: {}, count: 1 });
    const job = await registerJob(cluster.url);
    const headers = { Authorization: `Bearer ${job.callback_token}` };
    const answer = await postJson(job.callback_url, { message: "x".repeat(MEGABYTE) }, headers);
    expect([answer.status, (await answer.json()).error.code]).toEqual([413, "too_large"]);
    expect(await readJob(cluster.url, job.jobId)).toMatchObject({ revision: 0 });
  });

  it("with one of two instances killed, every request finds the other, and both again after its return", async () => {
    await using cluster = await start(nginx, { env: {}, count: 2 });
    const [first] = cluster.instances;
    await first?.kill("SIGKILL");
    for (let n = 0; n < 20; n++) expect((await fetch(`${cluster.url}/healthz`)).status).toBe(200);
    await first?.restart();
    await expect
      .poll(async () => {
        await fetch(`${cluster.url}/healthz`);
        return first?.stderr();
      })
      .toContain('"route":"/healthz"');
  });

  it("an instance that is told to stop says bye through nginx, and its viewer finds the other", async () => {
    await using cluster = await start(nginx, { env: SILENT, count: 2 });
    using stream = await readStream(cluster.url);
    await stream.until("ready");
    const [holder] = await holders(cluster);
    expect(await holder?.kill("SIGTERM")).toBe(0);
    expect((await stream.toEnd()).at(-1)).toMatchObject({ event: "bye" });
    using again = await readStream(cluster.url);
    await again.until("ready");
    expect(await holders(cluster)).toEqual(cluster.instances.filter((instance) => instance !== holder));
  });
});

/** The instances that hold a stream, as they say themselves. */
async function holders({ instances }: Cluster): Promise<Instance[]> {
  const held = await Promise.all(
    instances.map(async ({ url }) => {
      const text = await fetch(`${url}/metrics`).then(
        (answer) => answer.text(),
        () => "",
      );
      return text.includes("\njobmon_streams_open 1\n");
    }),
  );
  return instances.filter((_, n) => held[n]);
}

/** A cluster that ends with its test, also at its timeout. */
async function start(
  nginx: string,
  options: { env: Record<string, string>; count: number },
): Promise<Cluster> {
  const cluster = await startCluster({ nginx, ...options });
  onTestFinished(cluster.stop);
  return cluster;
}
