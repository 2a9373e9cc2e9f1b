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
    message: expect.stringMatching(/./),
  });
});

it("is not ready from the moment it begins to stop", async () => {
  house.services.drain();
  const answer = await readyz(house.args(new Request(`${HOME}/readyz`), {}));
  expect(await refusal(answer)).toMatchObject({ status: 503, message: "the server is stopping" });
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

it("answers an address nobody knows with 404 in JSON, and names it", async () => {
  for (const handler of [unknown.loader, unknown.action]) {
    const request = new Request(`${HOME}/api/external/job?token=x`);
    const words = await refusal(await handler(house.args(request, { "*": "external/job" })));
    expect(words).toMatchObject({ status: 404, code: "unknown_route" });
    expect(words.message).toContain("/api/external/job:");
    expect(words.message).not.toContain("token");
  }
});
