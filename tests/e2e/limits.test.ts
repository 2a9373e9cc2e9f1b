import * as fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callbackAnswerSchema, errorBodySchema, jobPageSchema, type Registered } from "#app/contract/http.ts";
import { jobResultSchema } from "#app/contract/job.ts";
import { hostileBody } from "../properties/hostile-bodies.ts";
import { readJob, registerJob } from "./support/jobs.ts";
import { spawnJobmon } from "./support/spawn-jobmon.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const PROGRESS_LIMIT = 64 * 1024;
const FINAL_LIMIT = 32 * 1024 * 1024;
const FINAL = '{"phase":"completed","data":{"extracted_text":"';

let server: RunningServer;
let job: Registered;
beforeAll(async () => {
  server = await startServer({ env: { LOG_LEVEL: "warn" } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  job = await registerJob(server.url);
});

describe.each([
  ["announced", false],
  ["in chunks", true],
])("a body, %s,", (_, isChunked) => {
  it("of 64 KB is taken as progress, with one byte more it is not", async () => {
    const padding = (size: number) => filled('{"phase":"running","message":"', size);
    expect((await post(padding(PROGRESS_LIMIT + 1), isChunked)).status).toBe(413);
    expect((await post(padding(PROGRESS_LIMIT), isChunked)).status).toBe(200);
    expect(await readJob(server.url, job.jobId)).toMatchObject({ status: "running", revision: 1 });
  });

  it("of 32 MB is taken as a final, with one byte more it is not, and the result is whole", async () => {
    expect((await post(filled(FINAL, FINAL_LIMIT + 1), isChunked)).status).toBe(413);
    expect((await post(filled(FINAL, FINAL_LIMIT), isChunked)).status).toBe(200);
    expect(await readJob(server.url, job.jobId)).toMatchObject({ status: "completed", revision: 1 });
    const result = jobResultSchema.parse(await (await fetch(`${job.callback_url}/result`)).json());
    expect(result.text?.length).toBe(FINAL_LIMIT - FINAL.length - 3);
  });
});

it("what only begins like a final is refused as the progress that it is", async () => {
  for (const beginning of [
    '{"status":"running","message":"',
    '{"error":null,"message":"',
    '{"data":{"progress":5},"message":"',
  ]) {
    const answer = await post(filled(beginning, PROGRESS_LIMIT * 2));
    expect(answer.status, beginning).toBe(413);
  }
  expect(await readJob(server.url, job.jobId)).toMatchObject({ revision: 0 });
});

describe("the text of a body", () => {
  it("may be nested 64 levels deep, not 65", async () => {
    const nested = (depth: number) => `{"details":${'{"a":'.repeat(depth - 1)}1${"}".repeat(depth)}`;
    expect((await post(nested(64))).status).toBe(200);
    expect(await refusal(await post(nested(65)))).toMatchObject({
      status: 422,
      field: "body",
      message: /64 levels/,
    });
    expect(await refusal(await post("[".repeat(60_000)))).toMatchObject({ status: 422, field: "body" });
  });

  it("may have 1,000,000 keys and items, not one more", async () => {
    const many = (count: number) => `${FINAL}","list":[${"1,".repeat(count - 5)}1]}}`;
    expect(await refusal(await post(many(1_000_001)))).toMatchObject({ status: 422, message: /1,000,000/ });
    expect((await post(many(1_000_000))).status).toBe(200);
  });

  it("may have keys like __proto__ and constructor: they are just keys", async () => {
    const body =
      '{"message":"x","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":"y"}';
    expect((await post(body)).status).toBe(200);
    expect((await post('{"logs":[{"message":"z","details":{"__proto__":{"polluted":1}}}]}')).status).toBe(
      200,
    );
    const { logs } = await readJob(server.url, job.jobId);
    expect(Object.entries(logs[0]?.details ?? {})).toEqual(
      expect.arrayContaining([
        ["constructor", { prototype: { polluted: 1 } }],
        ["toString", "y"],
      ]),
    );
    expect((await registerJob(server.url)).jobId).toMatch(/^[\w-]{36}$/);
  });
});

it("many large finals at once, and other requests beside them, are all answered", async () => {
  const jobs = await Promise.all(Array.from({ length: 8 }, () => registerJob(server.url)));
  const finals = jobs.map((one) => post(filled(FINAL, 8 * 1024 * 1024), false, one));
  const others = Array.from({ length: 20 }, () => fetch(`${server.url}/api/external/jobs`));
  for (const answer of await Promise.all(finals)) {
    expect(callbackAnswerSchema.parse(await answer.json())).toMatchObject({
      applied: true,
      status: "completed",
    });
  }
  for (const answer of await Promise.all(others)) jobPageSchema.parse(await answer.json());
});

it("what a large final brings beside its result is cut, and the job stays small", async () => {
  const line = "x".repeat(60_000);
  const body = {
    phase: "completed",
    message: line,
    details: { line },
    logs: Array.from({ length: 500 }, () => line),
  };
  expect((await post(JSON.stringify({ ...body, data: { extracted_text: "t" } }))).status).toBe(200);
  const detail = await (await fetch(`${job.callback_url}?limit=500&deliveries=50`)).text();
  expect(detail.length).toBeLessThan(4 * 1024 * 1024);
  expect(await readJob(server.url, job.jobId)).toMatchObject({
    logCount: 501,
    message: expect.stringMatching(/^x{1999}…$/),
  });
});

it("hundreds of hostile bodies are never a fault of ours, and leave jobs that can be read", async () => {
  await fc.assert(
    fc.asyncProperty(hostileBody, async (body) => {
      const one = await registerJob(server.url);
      const answer = await post(body, false, one);
      if (answer.status === 200) callbackAnswerSchema.parse(await answer.json());
      else expect([400, 413, 422]).toContain((await refusal(answer)).status);
      await readJob(server.url, one.jobId);
      const deliveries = await fetch(`${one.callback_url}?limit=500&deliveries=50`);
      expect(deliveries.status).toBe(200);
    }),
    { numRuns: 300 },
  );
  expect(server.log()).toEqual([]);
});

it("leaves a data folder in which the audit finds no fault", async () => {
  await server.kill("SIGTERM");
  const audit = spawnJobmon(["audit", "--data-dir", server.dataDir], { cwd: server.dataDir });
  expect([await audit.exited, audit.stdout()]).toEqual([0, expect.stringMatching(/alle wie gespeichert\n$/)]);
});

/** An object that begins so and is filled up to the size in bytes. */
function filled(beginning: string, size: number): string {
  const isNested = beginning.includes('"data":{"extracted');
  const end = isNested ? '"}}' : '"}';
  return beginning + "x".repeat(size - beginning.length - end.length) + end;
}

function post(body: string | Uint8Array<ArrayBuffer>, isChunked = false, to = job): Promise<Response> {
  const headers = { "Content-Type": "application/json", "X-Callback-Token": to.callback_token };
  const init = { method: "POST", headers };
  if (!isChunked) return fetch(to.callback_url, { ...init, body });
  const streamed = { ...init, body: new Blob([body]).stream(), duplex: "half" };
  return fetch(to.callback_url, streamed);
}

async function refusal(answer: Response) {
  const { error } = errorBodySchema.parse(await answer.json());
  return { status: answer.status, ...error };
}
