import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { type Registered, rotatedSchema } from "#app/contract/http.ts";
import { action as report } from "#app/routes/api.jobs.$jobId.ts";
import { action as rotate } from "#app/routes/api.jobs.$jobId.token.ts";
import { bearer, decoded, type House, openHouse, post, refusal } from "../routes/arrange.ts";
import { startMongo } from "../support/start-mongo.ts";

const mongo = await startMongo();
afterAll(() => mongo?.stop());

describe.skipIf(mongo === undefined)("a token that was replaced without an overlap, on MongoDB", () => {
  const uri = new URL(mongo?.uri ?? "mongodb://127.0.0.1");
  let here: House;
  let there: House;
  let job: Registered;
  beforeEach(async () => {
    uri.pathname = `/jobmon-${randomUUID()}`;
    [here, there] = [await open(), await open()];
    job = await here.register();
  });

  it("reports nothing at an instance whose copy of the job is older", async () => {
    expect(await there.report(job, { progress: 1 })).toMatchObject({ applied: true, revision: 1 });
    const next = await rotateHere();
    expect(await refusal(await send(there, job, { progress: 2 }))).toMatchObject({ status: 401 });
    expect(await refusal(await send(there, job, { status: "completed" }))).toMatchObject({ status: 401 });
    expect(await there.report({ ...job, ...next }, { progress: 3 })).toMatchObject({ revision: 3 });
  });

  it("reports nothing by a body that was being read meanwhile", async () => {
    const body = new TransformStream<Uint8Array, Uint8Array>();
    const writer = body.writable.getWriter();
    const headers = { "Content-Type": "application/json", ...bearer(job) };
    const init = { method: "POST", headers, body: body.readable, duplex: "half" };
    const slow = new Request(job.callback_url, init);
    const answer = report(here.args(slow, { jobId: job.jobId }));
    // Read only by whoever has taken the token for good.
    await writer.write(new TextEncoder().encode('{"status":'));
    await rotateHere();
    await writer.write(new TextEncoder().encode('"completed"}'));
    await writer.close();
    expect(await refusal(await answer)).toMatchObject({ status: 401 });
  });

  async function open(): Promise<House> {
    const house = await openHouse({ MONGODB_URI: uri.href });
    onTestFinished(() => house[Symbol.asyncDispose]());
    return house;
  }

  async function rotateHere() {
    const request = post(`${job.callback_url}/token`, { overlapSeconds: 0 });
    return decoded(await rotate(here.args(request, { jobId: job.jobId })), 201, rotatedSchema);
  }
});

function send(house: House, to: Registered, body: unknown): Promise<Response> {
  const request = post(to.callback_url, body, bearer(to));
  return report(house.args(request, { jobId: to.jobId }));
}
