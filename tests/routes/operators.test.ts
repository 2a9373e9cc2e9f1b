import { afterEach, beforeEach, expect, it } from "vitest";
import * as unknown from "#app/routes/api.unknown.ts";
import { loader as healthz } from "#app/routes/healthz.ts";
import { loader as metrics } from "#app/routes/metrics.ts";
import { loader as readyz } from "#app/routes/readyz.ts";
import { type House, openHouse, refusal } from "./arrange.ts";

const HOME = "http://localhost:4500";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house[Symbol.asyncDispose]());

it("is alive without looking at anything", async () => {
  const answer = await healthz();
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ status: "ok" });
});

it("is ready while repository and bus answer, and says why when they do not", async () => {
  const ask = () => readyz(house.args(new Request(`${HOME}/readyz`), {}));
  expect((await ask()).status).toBe(200);
  await house.services.close();
  expect(await refusal(await ask())).toMatchObject({
    status: 503,
    code: "not_ready",
    message: "repository is failing",
  });
});

it("is not ready from the moment it begins to stop", async () => {
  house.services.drain(0);
  const answer = await readyz(house.args(new Request(`${HOME}/readyz`), {}));
  expect(await refusal(answer)).toMatchObject({ status: 503, message: "server is stopping" });
});

it("tells what it measures: streams, callbacks by outcome, the process", async () => {
  const job = await house.register();
  await house.report(job, { progress: 1 });
  await house.report(job, { status: "completed" });
  await house.report(job, { status: "failed" });
  const answer = await metrics(house.args(new Request(`${HOME}/metrics`), {}));
  expect(answer.headers.get("Content-Type")).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await answer.text();
  for (const line of [
    "jobmon_streams_open 0",
    "jobmon_stream_bytes_waiting 0",
    'jobmon_callbacks_total{outcome="applied"} 2',
    'jobmon_callbacks_total{outcome="after_final"} 1',
  ]) {
    expect(text).toContain(`\n${line}\n`);
  }
  expect(text).toContain("\nprocess_resident_memory_bytes ");
});

it("tells how many jobs wait, run, are being stored and have stalled, and how many have ended", async () => {
  const [done, failed, canceled] = [await house.register(), await house.register(), await house.register()];
  await house.report(done, { status: "completed" });
  await house.report(done, { status: "completed", message: "noch einmal" });
  await house.report(failed, { error: "Datei ist leer" });
  await house.report(canceled, { status: "canceled" });
  await house.report(await house.register({ stallAfterSeconds: 1 }), { progress: 5 });
  await house.register();
  expect(await measured(house)).toMatchObject({
    'jobmon_jobs{status="queued"}': 1,
    'jobmon_jobs{status="running"}': 1,
    'jobmon_jobs{status="pending-storage"}': 0,
    jobmon_jobs_stalled: 0,
    'jobmon_jobs_ended_total{status="completed"}': 1,
    'jobmon_jobs_ended_total{status="failed"}': 1,
    'jobmon_jobs_ended_total{status="canceled"}': 1,
    jobmon_callback_seconds_count: 5,
  });
});

it("times how long a stream takes to begin, and how old the news is that reaches it", async () => {
  const job = await house.register();
  const request = { userEmail: "dev@localhost", after: undefined, follow: undefined };
  const stream = house.services.streams.respond(request).body?.getReader();
  await stream?.read();
  await house.report(job, { progress: 5 });
  expect(await measured(house)).toMatchObject({
    jobmon_streams_open: 1,
    jobmon_stream_start_seconds_count: 1,
    jobmon_feed_lag_seconds_count: 1,
  });
  await stream?.cancel();
});

it("tells no word of a person in any label", async () => {
  const job = await house.register({ title: "Kündigung Meier", kind: "Meier", correlation: "Meier" });
  await house.report(job, { phase: "Meier", message: "Meier", error: { code: "Meier", message: "Meier" } });
  const answer = await metrics(house.args(new Request(`${HOME}/metrics`), {}));
  expect(await answer.text()).not.toMatch(/meier|@|[\da-f]{8}-[\da-f]{4}/i);
});

it("answers an address nobody knows with 404 in JSON, and names it", async () => {
  for (const handler of [unknown.loader, unknown.action]) {
    const request = new Request(`${HOME}/api/external/job?token=x`);
    const words = await refusal(await handler(house.args(request, { "*": "external/job" })));
    expect(words).toMatchObject({ status: 404, code: "unknown_route" });
    expect(words.message).toContain("/api/external/job:");
    expect(words.message).not.toContain("token");
  }
});

/** What `/metrics` tells, a number for each name with its labels. */
async function measured({ args }: House): Promise<Record<string, number>> {
  const answer = await metrics(args(new Request(`${HOME}/metrics`), {}));
  const lines = (await answer.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => line.split(/ (?=\S+$)/)).map(([name, n]) => [name, Number(n)]),
  );
}
