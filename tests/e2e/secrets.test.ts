import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Registered } from "#app/contract/http.ts";
import { postJson, registerJob } from "./support/jobs.ts";
import { readStream } from "./support/read-stream.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

/** Secrets of others, which no place may show that is reached by a key named like one. */
const OTHERS = ["sk-live-4711", "Basic Zm9vOmJhcg==", "glpat-hidden-9"];
const [apiKey = "", authorization = "", accessToken = ""] = OTHERS;
const secretKeys = {
  api_key: apiKey,
  Authorization: authorization,
  nested: [{ accessToken, "api-key": apiKey }],
};

let server: RunningServer;
let finals: Registered[];
/** All that anybody was sent since the registration, but for its one answer. */
const told: string[] = [];

beforeAll(async () => {
  server = await startServer({ env: { LOG_LEVEL: "debug" } });
  const job = await registerJob(server.url);
  const failing = await registerJob(server.url);
  finals = [job, failing];
  using all = await readStream(server.url);
  using one = await readStream(server.url, { job: job.jobId });
  await Promise.all([all.until("ready"), one.until("ready")]);
  for (const body of wordsWith(job.callback_token)) await report(job, body);
  await report(failing, {
    status: "error",
    worker: "secretary",
    callback_token: failing.callback_token,
    error: {
      code: failing.callback_token,
      message: `401 for ${failing.callback_token}`,
      details: { ...secretKeys, request: `X-Callback-Token: ${failing.callback_token}` },
    },
    data: { extracted_text: failing.callback_token, ...secretKeys },
  });
  await report(job, {
    phase: "completed",
    message: `fertig ${job.callback_token}`,
    data: {
      extracted_text: `Text mit ${job.callback_token}`,
      metadata: { ...secretKeys, [job.callback_token]: job.callback_token },
      archive_url: `/a?token=${job.callback_token}`,
      // Large enough for the worker thread.
      padding: "x".repeat(100_000),
    },
  });
  await postJson(
    `${job.callback_url}?token=${job.callback_token}`,
    { late: job.callback_token },
    bearer(job),
  );
  await postJson(job.callback_url, `{"broken": "${job.callback_token}`, bearer(job));
  await postJson(job.callback_url, { progress: job.callback_token }, bearer(job));
  await postJson(job.callback_url, { [job.callback_token]: 1, logs: job.callback_token }, bearer(job));
  await postJson(`${server.url}/api/external/jobs/${job.callback_token}`, {}, bearer(job));

  await one.until("job_update", ({ data }) => data.jobId === job.jobId && data.finishedAt !== undefined);
  await all.until("job_update", ({ data }) => data.jobId === job.jobId && data.finishedAt !== undefined);
  for (const { callback_url } of finals) {
    for (const path of ["?limit=500&deliveries=50", "/result"]) {
      told.push(await (await fetch(callback_url + path)).text());
    }
  }
  told.push(await (await fetch(`${server.url}/api/external/jobs?q=${job.callback_token}`)).text());
  told.push(await (await fetch(`${server.url}/api/external/jobs`)).text());
  told.push(await (await fetch(server.url)).text());
  told.push(JSON.stringify([...all.seen, ...one.seen]));
  // What was written is all there when the process is gone; while it runs nobody else may open its files.
  await server.kill("SIGTERM");
});
afterAll(() => server.stop());

describe.each([
  ["a callback token", () => finals.map(({ callback_token }) => callback_token)],
  ["what stands under a key named like a secret", () => OTHERS],
])("%s", (_, secrets) => {
  it("is nowhere in the data folder", async () => {
    const files = (await readdir(server.dataDir, { recursive: true, withFileTypes: true })).filter((file) =>
      file.isFile(),
    );
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["jobmon.db", expect.stringMatching(/^result-/)]),
    );
    for (const { parentPath, name } of files) {
      const content = await readFile(join(parentPath, name));
      for (const text of spellings(content)) expectNone(text, secrets(), name);
    }
  });

  it("is nowhere in the log", () => {
    expect(server.log().length).toBeGreaterThan(10);
    expectNone(server.stdout() + server.stderr(), secrets(), "the log");
  });

  it("is nowhere in an answer, a page or a stream", () => {
    expect(told.join()).toContain("[redacted]");
    for (const [n, text] of told.entries()) expectNone(text, secrets(), `answer ${n}`);
  });
});

/** The token at every place a worker can put it, and spelt in every way JSON allows. */
function wordsWith(token: string): unknown[] {
  const escaped = [...token].map((letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join("");
  const half =
    token.slice(0, 20).replace(/./g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`) +
    token.slice(20);
  return [
    { phase: token, message: token, process: { id: token }, unit: token, current: 1 },
    { message: `curl - Args: {"headers": {"Authorization": "Bearer ${token}"}, "api_key": "${apiKey}"}` },
    { message: `Traceback - Args: token=${token}` },
    { message: `lang ${"x".repeat(1_990)}${token}` },
    { details: { ...secretKeys, url: `https://example.org/?t=${token}`, list: [token, { [token]: token }] } },
    { logs: [token, { message: token, phase: token, details: { token, other: token } }] },
    { host: token, [token]: "name", [`x-${token}`]: { deep: { deeper: token } }, callback_token: token },
    { phase: "failed", message: `Fehler: ${token}` },
    `{"message":"${escaped}","details":{"${half}":"${escaped}"},"phase":"${half}"}`,
    `{"logs":[{"message":"${half}"}],"x":"${escaped}"}`,
  ];
}

/** The content as it is, and what of it a simple decoder would show. */
function spellings(content: Buffer): string[] {
  const plain = content.toString("latin1");
  const unescaped = plain.replace(/\\u00([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  const isGzip = content[0] === 0x1f && content[1] === 0x8b;
  return [
    plain,
    unescaped,
    content.toString("utf16le"),
    ...(isGzip ? [gunzipSync(content).toString("latin1")] : []),
  ];
}

function expectNone(text: string, secrets: string[], where: string): void {
  for (const secret of secrets) {
    const at = text.indexOf(secret);
    const around = at === -1 ? undefined : text.slice(Math.max(0, at - 80), at + 10);
    expect(around, where).toBeUndefined();
  }
}

async function report(job: Registered, body: unknown): Promise<void> {
  const headers = { Authorization: `Bearer ${job.callback_token}`, "X-Callback-Token": job.callback_token };
  const answer = await postJson(job.callback_url, body, headers);
  told.push(await answer.text());
  expect(answer.status).toBe(200);
}

function bearer({ callback_token }: Registered): Record<string, string> {
  return { Authorization: `Bearer ${callback_token}` };
}
