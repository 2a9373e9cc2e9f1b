import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { detailQuerySchema, type Registered } from "#app/contract/http.ts";
import { action as toTheJob } from "#app/routes/api.jobs.$jobId.ts";
import { action as toAllJobs } from "#app/routes/api.jobs.ts";
import { bearer, type House, JOBS, openHouse, post, refusal } from "./arrange.ts";

let house: House;
let job: Registered;
beforeEach(async () => {
  house = await openHouse({ LIMIT_PROGRESS_BYTES: "2048", LIMIT_FINAL_BYTES: "8192" });
  job = await house.register();
});
afterEach(async () => {
  vi.useRealTimers();
  await house[Symbol.asyncDispose]();
});

describe("is answered 200", () => {
  it("with the job's state when it was applied", async () => {
    expect(await house.report(job, { phase: "processing", progress: 5 })).toEqual({
      applied: true,
      status: "running",
      revision: 1,
      cancelRequested: false,
    });
  });

  it("when the body is empty of words: it is a sign of life", async () => {
    expect(await house.report(job, {})).toMatchObject({ applied: true, status: "running" });
  });

  it("and not applied after the worker's last word, also when that is another one", async () => {
    await house.report(job, { status: "completed" });
    for (const body of [{ progress: 5 }, { error: "zu spät" }]) {
      expect(await house.report(job, body)).toMatchObject({
        applied: false,
        reason: "after_final",
        status: "completed",
        revision: 1,
      });
    }
  });

  it("and not applied when the very same bytes came just before", async () => {
    await house.report(job, { progress: 5 });
    expect(await house.report(job, { progress: 5 })).toMatchObject({ applied: false, reason: "duplicate" });
    expect(await house.report(job, { progress: 6 })).toMatchObject({ applied: true });
  });

  it.each(["Idempotency-Key", "webhook-id"])(
    "and not applied when its %s was used before",
    async (header) => {
      await house.report(job, { progress: 5 }, { [header]: "delivery-1" });
      const again = await house.report(job, { progress: 6 }, { [header]: "delivery-1" });
      expect(again).toMatchObject({ applied: false, reason: "duplicate", revision: 1 });
    },
  );

  it("and each is applied once when many come at the same time", async () => {
    const bodies = Array.from({ length: 20 }, (_, index) => ({ message: `Zeile ${index}` }));
    const answers = await Promise.all(bodies.map((body) => house.report(job, body)));
    expect(answers.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(
      bodies.map((_, index) => index + 1),
    );
  });
});

describe("finds its job", () => {
  it("by the token alone, at the bare address and with the placeholder left in it", async () => {
    const bare = await toAllJobs(house.args(post(JOBS, { progress: 1 }, bearer(job)), {}));
    expect(await bare.json()).toMatchObject({ applied: true, revision: 1 });
    const placeholder = post(`${JOBS}/%7BjobId%7D`, { progress: 2 }, bearer(job));
    const answer = await toTheJob(house.args(placeholder, { jobId: "{jobId}" }));
    expect(await answer.json()).toMatchObject({ applied: true, revision: 2 });
  });

  it("with the token in either header", async () => {
    const request = post(job.callback_url, {}, { "X-Callback-Token": job.callback_token });
    expect((await toTheJob(house.args(request, { jobId: job.jobId }))).status).toBe(200);
  });
});

describe("is answered 401, always in the same words,", () => {
  it.each<[string, () => Promise<[string, Record<string, string>]>]>([
    ["without a token", async () => [job.jobId, {}]],
    ["with a wrong token", async () => [job.jobId, { Authorization: `Bearer ${"x".repeat(43)}` }]],
    ["with the token of another job", async () => [job.jobId, bearer(await house.register())]],
    ["for a job that does not exist", async () => ["no-such-job", bearer(job)]],
  ])("%s", async (_, of) => {
    const [jobId, headers] = await of();
    const answer = await toTheJob(house.args(post(`${JOBS}/${jobId}`, {}, headers), { jobId }));
    expect(answer.headers.get("WWW-Authenticate")).toBe("Bearer");
    expect(await refusal(answer)).toEqual({
      status: 401,
      code: "unauthorized",
      message: expect.stringContaining("callback_token"),
    });
  });

  it("with a token that has expired", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    await using later = await openHouse();
    const { jobId, callback_url, expiresAt, ...token } = await later.register();
    const send = () => toTheJob(later.args(post(callback_url, {}, bearer(token)), { jobId }));
    vi.setSystemTime(Date.parse(expiresAt) - 1);
    expect((await send()).status).toBe(200);
    vi.setSystemTime(expiresAt);
    expect(await refusal(await send())).toMatchObject({ status: 401, code: "unauthorized" });
  });

  it("before a byte of the body is looked at", async () => {
    const request = post(job.callback_url, "{ no JSON", { Authorization: "Bearer wrong" });
    expect((await toTheJob(house.args(request, { jobId: job.jobId }))).status).toBe(401);
    expect(request.bodyUsed).toBe(false);
  });
});

describe("is refused, and changes nothing,", () => {
  it.each<[string, BodyInit, number, object]>([
    ["without a body", "", 400, { code: "malformed_json" }],
    ["cut off", '{"progress":', 400, { code: "malformed_json" }],
    ["in another encoding", new Uint8Array([0x22, 0xff, 0x22]), 400, { code: "malformed_json" }],
    ["with a wrong type", '{"progress":"many"}', 422, { code: "invalid_callback", field: "progress" }],
    ["as a list", "[1]", 422, { code: "invalid_callback", field: "body" }],
    ["as a number", "42", 422, { code: "invalid_callback", field: "body" }],
    ["larger than progress may be", `{"message":"${"x".repeat(2_048)}"}`, 413, { code: "too_large" }],
    [
      "larger than any end may be",
      `{"data":{"extracted_text":"${"x".repeat(9_000)}"}}`,
      413,
      { code: "too_large" },
    ],
  ])("%s", async (_, body, status, error) => {
    const init = {
      method: "POST",
      headers: { "Content-Type": "application/json", ...bearer(job) },
      body,
    };
    const answer = await toTheJob(house.args(new Request(job.callback_url, init), { jobId: job.jobId }));
    expect(await refusal(answer)).toMatchObject({ status, ...error });
    expect((await detail())?.revision).toBe(0);
  });

  it("as something else than JSON by its type", async () => {
    const request = post(job.callback_url, "{}", { ...bearer(job), "Content-Type": "text/plain" });
    expect(await refusal(await toTheJob(house.args(request, { jobId: job.jobId })))).toMatchObject({
      status: 415,
      message: expect.stringContaining("application/json"),
    });
  });

  it("with 503 and a time to come back when it cannot be kept", async () => {
    await house.services.close();
    const answer = await toTheJob(house.args(post(job.callback_url, {}, bearer(job)), { jobId: job.jobId }));
    expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(answer.status).toBe(503);
  });
});

it("may be as large as an end may be when it is one", async () => {
  const body = { phase: "completed", data: { extracted_text: "x".repeat(5_000) } };
  expect(await house.report(job, body)).toMatchObject({ applied: true, status: "completed" });
});

it("is kept with its lines, its error and what it says of the process", async () => {
  await house.report(job, {
    phase: "running",
    message: 'Seite 1 - Args: {"seconds": 2}',
    process: { id: "job-1" },
  });
  await house.report(job, { phase: "error", message: "Fehler", error: { code: "E1", message: "kaputt" } });
  expect(await detail()).toMatchObject({
    status: "failed",
    processId: "job-1",
    error: { code: "E1", message: "kaputt" },
    logCount: 2,
    logs: [
      { level: "info", message: "Seite 1", details: { seconds: 2 } },
      { level: "error", message: "Fehler" },
    ],
  });
});

it("leaves no trace of its token on the disk, wherever a worker puts it", async () => {
  const token = job.callback_token;
  await house.report(job, { message: `gesendet mit ${token}`, host: token, [token]: "key" });
  await house.report(job, { logs: [`curl -H 'Authorization: Bearer ${token}'`], details: { token } });
  const escaped = JSON.stringify({ message: "X" }).replace(
    "X",
    `\\u00${token.charCodeAt(0).toString(16)}${token.slice(1)}`,
  );
  await house.report(job, JSON.parse(escaped));
  await house.report(job, {
    status: "error",
    callback_token: token,
    error: { message: token, details: { authorization: token } },
    data: { extracted_text: token },
  });
  for (const entry of await readdir(house.dataDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = await readFile(join(entry.parentPath, entry.name));
    expect(content.includes(token), entry.name).toBe(false);
  }
});

function detail() {
  return house.services.jobDetail({ userEmail: "dev@localhost" }, job.jobId, detailQuerySchema.parse({}));
}
