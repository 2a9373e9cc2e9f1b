import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { jobPageSchema, type Registered } from "#app/contract/http.ts";
import { action as cancelAction } from "#app/routes/api.jobs.$jobId.cancel.ts";
import { action as jobAction, loader as jobLoader } from "#app/routes/api.jobs.$jobId.ts";
import { loader as listLoader } from "#app/routes/api.jobs.ts";
import type { Services } from "#app/server/services.server.ts";
import { bearer, decoded, type House, JOBS, openHouse, post, refusal } from "./arrange.ts";

let house: House;
let job: Registered;
beforeEach(async () => {
  house = await openHouse();
  job = await house.register();
});
afterEach(() => house[Symbol.asyncDispose]());

describe("an owner who cancels", () => {
  it("ends a job at once that has never reported", async () => {
    expect(await (await cancel()).json()).toMatchObject({ status: "canceled", cancelRequested: true });
    expect(await house.report(job, { progress: 5 })).toMatchObject({
      applied: false,
      status: "canceled",
      cancelRequested: true,
    });
  });

  it("asks a running worker through the answer to its next callback, which then confirms", async () => {
    await house.report(job, { progress: 5 });
    expect(await (await cancel()).json()).toMatchObject({ status: "running", cancelRequested: true });
    expect(await house.report(job, { progress: 6 })).toMatchObject({
      status: "running",
      cancelRequested: true,
    });
    expect(await house.report(job, { status: "canceled" })).toMatchObject({ status: "canceled" });
  });

  it("loses against a worker that finishes instead", async () => {
    await house.report(job, { progress: 5 });
    await cancel();
    expect(await house.report(job, { status: "completed" })).toMatchObject({ status: "completed" });
  });

  it("may ask twice", async () => {
    await house.report(job, {});
    const { revision } = await (await cancel()).json();
    expect(await (await cancel()).json()).toMatchObject({ revision, cancelRequested: true });
  });

  it("is told when there is nothing to cancel", async () => {
    await house.report(job, { status: "completed" });
    expect(await refusal(await cancel())).toMatchObject({ status: 409 });
  });

  it("must be the owner", async () => {
    expect(await refusal(await cancel(house.as("bert@example.org")))).toMatchObject({ status: 404 });
    expect(await refusal(await cancel(house.as(undefined)))).toMatchObject({ status: 401 });
    expect(await house.report(job, {})).toMatchObject({ cancelRequested: false });
  });
});

describe("an owner who removes", () => {
  it("takes a final job away, everywhere", async () => {
    await house.report(job, { status: "completed" });
    expect((await remove()).status).toBe(204);
    const gone = await jobLoader(house.args(new Request(job.callback_url), { jobId: job.jobId }));
    expect(gone.status).toBe(404);
    const page = await decoded(await listLoader(house.args(new Request(JOBS), {})), 200, jobPageSchema);
    expect(page).toMatchObject({ items: [], total: 0 });
    expect(await refusal(await remove())).toMatchObject({ status: 404 });
  });

  it("lets its worker know with 410", async () => {
    await house.report(job, { status: "completed" });
    await remove();
    const { jobId } = job;
    const answer = await jobAction(house.args(post(job.callback_url, {}, bearer(job)), { jobId }));
    expect(await refusal(answer)).toMatchObject({ status: 410 });
  });

  it("is refused while the job is not final", async () => {
    await house.report(job, {});
    expect(await refusal(await remove())).toMatchObject({ status: 409 });
  });

  it("must be the owner", async () => {
    await house.report(job, { status: "completed" });
    expect(await refusal(await remove(house.as("bert@example.org")))).toMatchObject({ status: 404 });
    expect(await refusal(await remove(house.as(undefined)))).toMatchObject({ status: 401 });
  });
});

function cancel(services?: Services): Promise<Response> {
  const request = new Request(`${job.callback_url}/cancel`, { method: "POST" });
  return cancelAction(house.args(request, { jobId: job.jobId }, services));
}

function remove(services?: Services): Promise<Response> {
  const request = new Request(job.callback_url, { method: "DELETE" });
  return jobAction(house.args(request, { jobId: job.jobId }, services));
}
