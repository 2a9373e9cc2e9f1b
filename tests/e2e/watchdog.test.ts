import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JobDetail } from "#app/contract/http.ts";
import { readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { readStream } from "./support/read-stream.ts";
import { spawnJobmon } from "./support/spawn-jobmon.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ env: { WATCHDOG_SECONDS: "0.2" } });
});
afterAll(() => server.stop());

describe("a worker that falls silent", () => {
  it("fails its job with the last error line, viewers see it, and its next word revives it", async () => {
    using stream = await readStream(server.url);
    await stream.until("ready");
    const job = await registerJob(server.url, { timeoutSeconds: 3 });
    await sendCallback(job, {
      phase: "failed",
      message: "Fehler bei der Verarbeitung: Datei ist beschädigt",
    });
    await sendCallback(job, {
      phase: "postprocessing",
      progress: 95,
      message: "Ergebnisse werden gespeichert",
    });
    const { data: dead } = await stream.until("job_update", ({ data }) => data.status === "failed");
    expect(dead).toMatchObject({
      jobId: job.jobId,
      progress: 95,
      error: { code: "no_callback", message: "Fehler bei der Verarbeitung: Datei ist beschädigt" },
      finishedAt: expect.any(String),
    });

    const answer = await sendCallback(job, { phase: "completed", data: { extracted_text: "doch noch" } });
    expect(answer).toMatchObject({ applied: true, status: "completed", revision: dead.revision + 1 });
    const { data: revived } = await stream.until("job_update", ({ data }) => data.status === "completed");
    expect(revived).not.toHaveProperty("error");
    expect(await readJob(server.url, job.jobId)).toMatchObject({ result: { text: "doch noch" } });
  });

  it("is revived by any word, and watched again", async () => {
    const job = await registerJob(server.url, { timeoutSeconds: 3 });
    await sendCallback(job, { progress: 10 });
    const dead = await ended(job.jobId);
    expect(await sendCallback(job, {})).toMatchObject({ applied: true, status: "running" });
    const again = await ended(job.jobId);
    expect(again).toMatchObject({ revision: dead.revision + 2, error: { message: "no callback for 3 s" } });
  });
});

it("a job that nobody ever reports to fails as well", async () => {
  const job = await registerJob(server.url, { timeoutSeconds: 3 });
  expect(await ended(job.jobId)).toMatchObject({
    status: "failed",
    revision: 1,
    error: { code: "no_callback" },
  });
  expect(await sendCallback(job, { progress: 1 })).toMatchObject({ applied: true, status: "running" });
});

it("a silence that began before a restart ends the job after it, once", async () => {
  const job = await registerJob(server.url, { timeoutSeconds: 4 });
  await sendCallback(job, { progress: 10 });
  const kept = await registerJob(server.url, { timeoutSeconds: 3_600 });
  await server.kill("SIGKILL");
  await server.restart();
  expect(await ended(job.jobId)).toMatchObject({ status: "failed", revision: 2, progress: 10 });
  expect(await readJob(server.url, kept.jobId)).toMatchObject({ status: "queued", revision: 0 });
});

describe("a cancel", () => {
  it("reaches the worker with its next answer, and ends the job when the worker confirms", async () => {
    using stream = await readStream(server.url);
    await stream.until("ready");
    const job = await registerJob(server.url);
    expect(await sendCallback(job, { progress: 10 })).toMatchObject({ cancelRequested: false });
    expect(await cancel(job.jobId)).toMatchObject({ status: "running", cancelRequested: true });
    await stream.until("job_update", ({ data }) => data.cancelRequested && data.status === "running");
    expect(await sendCallback(job, { progress: 11 })).toMatchObject({
      status: "running",
      cancelRequested: true,
    });
    expect(await sendCallback(job, { status: "canceled" })).toMatchObject({
      applied: true,
      status: "canceled",
    });
    await stream.until("job_update", ({ data }) => data.jobId === job.jobId && data.status === "canceled");
  });

  it("that nobody confirms is ended by the watchdog", async () => {
    const job = await registerJob(server.url, { timeoutSeconds: 3 });
    await sendCallback(job, { progress: 10 });
    await cancel(job.jobId);
    expect(await ended(job.jobId)).toMatchObject({ status: "failed", error: { code: "no_callback" } });
  });
});

it("leaves a data folder in which the audit finds no fault", async () => {
  await server.kill("SIGTERM");
  const audit = spawnJobmon(["audit", "--data-dir", server.dataDir], {
    cwd: server.dataDir,
    env: { LANG: "en_GB.UTF-8" },
  });
  expect([await audit.exited, audit.stdout()]).toEqual([
    0,
    expect.stringMatching(/^\d+ jobs replayed from registration, 0 from a later snapshot: all as stored\n$/),
  ]);
});

/** The job once it has ended. */
async function ended(jobId: string): Promise<JobDetail> {
  await expect.poll(() => readJob(server.url, jobId)).toHaveProperty("finishedAt");
  return readJob(server.url, jobId);
}

async function cancel(jobId: string): Promise<unknown> {
  const answer = await fetch(`${server.url}/api/external/jobs/${jobId}/cancel`, { method: "POST" });
  expect(answer.status).toBe(200);
  return answer.json();
}
