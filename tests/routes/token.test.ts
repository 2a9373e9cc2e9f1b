import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Registered, rotatedSchema } from "#app/contract/http.ts";
import { action as reportAction } from "#app/routes/api.jobs.$jobId.ts";
import { action as tokenAction } from "#app/routes/api.jobs.$jobId.token.ts";
import type { Services } from "#app/server/services.server.ts";
import { bearer, decoded, type House, openHouse, post, refusal } from "./arrange.ts";

let house: House;
let job: Registered;
beforeEach(async () => {
  house = await openHouse();
  job = await house.register();
});
afterEach(() => house[Symbol.asyncDispose]());

describe("an owner who asks for a new token", () => {
  it("gets one, and both report while they overlap", async () => {
    const rotated = await decoded(await rotate({ overlapSeconds: 60 }), 201, rotatedSchema);
    expect(rotated.callback_token).not.toBe(job.callback_token);
    expect(await house.report(job, { progress: 1 })).toMatchObject({ applied: true });
    expect(await house.report({ ...job, ...rotated }, { progress: 2 })).toMatchObject({ applied: true });
  });

  it("without an overlap shuts the old one out at once", async () => {
    await house.report(job, { progress: 1 });
    const rotated = await decoded(await rotate({ overlapSeconds: 0 }), 201, rotatedSchema);
    expect(await refusal(await send(job, {}))).toMatchObject({ status: 401, code: "unauthorized" });
    expect(await house.report({ ...job, ...rotated }, { progress: 2 })).toMatchObject({ applied: true });
  });

  it("does not make an old one good for longer", async () => {
    const { jobId } = job;
    await rotate({ overlapSeconds: 0 });
    await rotate({ overlapSeconds: 3600 });
    expect(await refusal(await send({ ...job, jobId }, {}))).toMatchObject({ status: 401 });
  });

  it("is refused for a job that has ended, and told of a wrong field", async () => {
    expect(await refusal(await rotate({ overlapSeconds: -1 }))).toMatchObject({
      status: 422,
      field: "overlapSeconds",
    });
    await house.report(job, { status: "completed" });
    expect(await refusal(await rotate({}))).toMatchObject({ status: 409, code: "already_final" });
  });

  it("must be the owner", async () => {
    expect(await refusal(await rotate({}, house.as("bert@example.org")))).toMatchObject({ status: 404 });
    expect(await refusal(await rotate({}, house.as(undefined)))).toMatchObject({ status: 401 });
  });
});

describe("a job whose callbacks are signed", () => {
  beforeEach(async () => {
    job = await house.register({ signed: true });
  });

  it("takes what is signed, and the same message once", async () => {
    const body = '{"progress":5,"message":"Ü"}';
    const headers = signed(job.signing_secret, body);
    expect(await house.report(job, body, headers)).toMatchObject({ applied: true, revision: 1 });
    expect(await house.report(job, body, headers)).toMatchObject({ applied: false, reason: "duplicate" });
  });

  it("takes nothing for the token alone, and nothing whose bytes were changed", async () => {
    expect(await refusal(await send(job, "{}"))).toMatchObject({ status: 401, code: "unsigned" });
    const headers = signed(job.signing_secret, '{"progress":5}');
    expect(await refusal(await send(job, '{"progress":6}', headers))).toMatchObject({ status: 401 });
    expect(await house.report(job, '{"progress":5}', headers)).toMatchObject({ revision: 1 });
  });

  it("gets a new secret with a new token", async () => {
    const rotated = await decoded(await rotate({}), 201, rotatedSchema);
    const next = { ...job, ...rotated };
    expect(await refusal(await send(next, "{}", signed(job.signing_secret, "{}")))).toMatchObject({
      status: 401,
    });
    expect(await house.report(next, "{}", signed(next.signing_secret, "{}"))).toMatchObject({
      applied: true,
    });
    expect(await house.report(job, " {}", signed(job.signing_secret, " {}", "msg_2"))).toMatchObject({
      applied: true,
    });
  });
});

/** The headers of Standard Webhooks, by the library that others use. */
function signed(secret = "", body: string, id = "msg_1"): Record<string, string> {
  const at = new Date();
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, at, body),
  };
}

function rotate(body: unknown, services?: Services): Promise<Response> {
  const request = post(`${job.callback_url}/token`, body);
  return tokenAction(house.args(request, { jobId: job.jobId }, services));
}

function send(to: Registered, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const request = post(to.callback_url, body, { ...bearer(to), ...headers });
  return reportAction(house.args(request, { jobId: to.jobId }));
}
