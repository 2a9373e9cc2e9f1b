import { afterEach, beforeEach, expect, it } from "vitest";
import { jobDetailSchema, type Registered } from "#app/contract/http.ts";
import { action, loader } from "#app/routes/api.jobs.$jobId.ts";
import { decoded, type House, JOBS, openHouse, refusal } from "./arrange.ts";

let house: House;
let job: Registered;
beforeEach(async () => {
  house = await openHouse();
  job = await house.register();
});
afterEach(() => house[Symbol.asyncDispose]());

it("shows a job with its last lines, the number of the first of them, and how many there ever were", async () => {
  await house.report(job, { logs: Array.from({ length: 70 }, (_, index) => `Zeile ${index}`) });
  const whole = await read();
  expect(whole).toMatchObject({ logCount: 70, logsFrom: 20, status: "running" });
  expect(whole.logs.map(({ message }) => message)).toEqual(
    Array.from({ length: 50 }, (_, index) => `Zeile ${index + 20}`),
  );
  expect(await read("?limit=3")).toMatchObject({ logCount: 70, logsFrom: 67, logs: { length: 3 } });
});

it("keeps the last 500 lines and says where they begin", async () => {
  for (let part = 0; part < 3; part++) {
    await house.report(job, { logs: Array.from({ length: 300 }, (_, index) => `${part * 300 + index}`) });
  }
  const { logs, logsFrom, logCount } = await read("?limit=500");
  expect([logs.length, logsFrom, logCount]).toEqual([500, 400, 900]);
  expect(logs[0]?.message).toBe("400");
});

it("pages back through the lines that are kept, each once, to where they begin", async () => {
  for (let part = 0; part < 2; part++) {
    await house.report(job, { logs: Array.from({ length: 310 }, (_, index) => `${part * 310 + index}`) });
  }
  const found: string[] = [];
  for (let before: number | undefined; before !== 120;) {
    const page = await read(before === undefined ? "?limit=200" : `?limit=200&before=${before}`);
    expect(page.logsFrom).toBeLessThan(before ?? page.logCount);
    found.unshift(...page.logs.map(({ message = "" }) => message));
    before = page.logsFrom;
  }
  expect(found).toEqual(Array.from({ length: 500 }, (_, index) => `${index + 120}`));
  expect(await read("?before=120")).toMatchObject({ logs: [], logsFrom: 120, logCount: 620 });
  expect(await read("?before=0")).toMatchObject({ logs: [], logsFrom: 0 });
  expect(await read("?limit=2&before=9999")).toMatchObject({ logs: { length: 2 }, logsFrom: 618 });
});

it("tells the steps of a job and when each began", async () => {
  for (const phase of ["initializing", "processing", "processing", "postprocessing"])
    await house.report(job, { phase, message: phase });
  const { phases = [] } = await read();
  expect(phases.map(({ phase }) => phase)).toEqual(["initializing", "processing", "postprocessing"]);
  expect(phases.map(({ startedAt }) => startedAt)).toEqual(
    phases.map(({ startedAt }) => startedAt).toSorted(),
  );
});

it("tells a new job how long the completed ones of its kind took", async () => {
  for (let n = 0; n < 3; n++) {
    const done = await house.register({ kind: "pdf" });
    await house.report(done, { progress: 10 });
    await house.report(done, { phase: "completed", data: {} });
  }
  job = await house.register({ kind: "pdf" });
  expect((await read()).usual).toMatchObject({ count: 3 });
  job = await house.register({ kind: "audio" });
  expect((await read()).usual).toBeUndefined();
});

it("shows a worker's text as text, without anything a terminal or a browser would obey", async () => {
  await house.report(job, { message: "\u001B[31m<b>rot</b>\u202E\u0007", phase: "<i>\u0000" });
  expect(await read()).toMatchObject({ message: "[31m<b>rot</b>", phase: "<i>" });
});

it.each([
  ["?limit=0", "limit"],
  ["?limit=501", "limit"],
  ["?limit=all", "limit"],
  ["?before=-1", "before"],
])("answers %s with 400", async (search, field) => {
  const answer = await loader(house.args(new Request(job.callback_url + search), { jobId: job.jobId }));
  expect(await refusal(answer)).toMatchObject({ status: 400, field });
});

it("does not tell a job of somebody else from one that does not exist", async () => {
  const { jobId } = job;
  const bert = house.as("bert@example.org");
  const foreign = await loader(house.args(new Request(job.callback_url), { jobId }, bert));
  const none = await loader(house.args(new Request(`${JOBS}/none`), { jobId: "none" }));
  const words = await refusal(foreign);
  expect(words).toMatchObject({ status: 404, code: "not_found" });
  expect(await refusal(none)).toEqual(words);
});

it("answers nobody with 401", async () => {
  const request = house.args(new Request(job.callback_url), { jobId: job.jobId }, house.as(undefined));
  expect(await refusal(await loader(request))).toMatchObject({ status: 401 });
});

it("does not take a callback token for its owner", async () => {
  const headers = { Authorization: `Bearer ${job.callback_token}` };
  const request = new Request(job.callback_url, { headers });
  const answer = await loader(house.args(request, { jobId: job.jobId }, house.as(undefined)));
  expect(answer.status).toBe(401);
});

it.each(["PUT", "PATCH"])("answers %s with 405 and what is allowed", async (method) => {
  const answer = await action(house.args(new Request(job.callback_url, { method }), { jobId: job.jobId }));
  expect(answer.headers.get("Allow")).toMatch(/^GET, POST\b/);
  expect(await refusal(answer)).toMatchObject({ status: 405 });
});

async function read(search = "") {
  const request = new Request(job.callback_url + search);
  return decoded(await loader(house.args(request, { jobId: job.jobId })), 200, jobDetailSchema);
}
