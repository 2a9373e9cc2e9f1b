import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { errorBodySchema, type Registered } from "#app/contract/http.ts";
import { postJson, readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { callbackText, openWire, type RawAnswer } from "./support/raw-http.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const MEGABYTE = 1024 * 1024;
const STALL_SECONDS = 3;
const NOBODYS_TOKEN = "x".repeat(43);

let server: RunningServer;
let job: Registered;
beforeAll(async () => {
  server = await startServer({ env: { BODY_STALL_SECONDS: String(STALL_SECONDS) } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  job = await registerJob(server.url);
});

describe("200", () => {
  it("applied", async () => {
    const answer = await exchange(callbackText(job, '{"progress":5}'));
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      200,
      { applied: true, status: "running", revision: 1, cancelRequested: false },
    ]);
  });

  it.each([
    ["after_final", ['{"status":"completed"}', '{"progress":5}']],
    ["duplicate", ['{"progress":5}', '{"progress":5}']],
    ["duplicate", ['{"seq":1}', '{"seq":1,"progress":5}']],
  ])("deliberately not applied: %s", async (reason, [first = "", second = ""]) => {
    await exchange(callbackText(job, first));
    const answer = await exchange(callbackText(job, second));
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([
      200,
      { applied: false, reason, revision: 1 },
    ]);
  });

  it("to a body in chunks, to one that asks first, and to one that comes slowly", async () => {
    const body = '{"progress":5}';
    const chunked = { "Content-Length": "", "Transfer-Encoding": "chunked" };
    const chunks = [...body].map((character) => `1\r\n${character}\r\n`).join("");
    expect((await exchange(`${callbackText(job, "", chunked)}${chunks}0\r\n\r\n`)).status).toBe(200);
    expect((await exchange(callbackText(job, '{"progress":6}', { Expect: "100-continue" }))).status).toBe(
      200,
    );

    using wire = openWire(server.url);
    // Longer in all than a body may stand still, and far from standing still at any time.
    const slowly = `{${" ".repeat(33)}}`;
    wire.send(callbackText(job, "", { "Content-Length": String(slowly.length) }));
    for (const character of slowly) {
      wire.send(character);
      await wait((STALL_SECONDS * 1_000) / 30);
    }
    expect((await wire.answer()).status).toBe(200);
  });
});

it("201 with all that a worker needs", async () => {
  const answer = await postJson(`${server.url}/api/external/jobs`, { title: "Bericht.pdf" });
  expect(answer.status).toBe(201);
  expect(await answer.json()).toEqual({
    jobId: expect.any(String),
    status: "queued",
    callback_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/external\/jobs\/[\w-]+$/),
    callback_token: expect.stringMatching(/^[\w-]{43}$/),
    expiresAt: expect.any(String),
  });
});

describe("400", () => {
  it.each([
    ["an empty body", ""],
    ["a body that is cut off", '{"progress":'],
    ["a body that is no JSON", "progress=5"],
    ["two bodies", "{}{}"],
  ])("to %s", async (_, body) => {
    expect(refusal(await exchange(callbackText(job, body)))).toMatchObject({
      status: 400,
      code: "malformed_json",
    });
  });

  it("to what is no UTF-8", async () => {
    using wire = openWire(server.url);
    wire.send(callbackText(job, "", { "Content-Length": "3" }));
    wire.send(new Uint8Array([0x22, 0xff, 0x22]));
    expect(refusal(await wire.answer())).toMatchObject({ status: 400, code: "malformed_json" });
  });

  it("to what HTTP does not allow, and closes: nothing may be smuggled in", async () => {
    for (const headers of [
      { "Transfer-Encoding": "chunked" },
      { "Content-Length": "2\r\nContent-Length: 3" },
      { "Content-Length": "-1" },
      { "Content-Length": "2x" },
    ]) {
      using wire = openWire(server.url);
      wire.send(callbackText(job, "{}", headers));
      expect((await wire.answer()).status).toBe(400);
      await wire.closed();
    }
    expect(await readJob(server.url, job.jobId)).toMatchObject({ revision: 0 });
  });

  it("to a body longer than its Content-Length, and the rest is not another request", async () => {
    using wire = openWire(server.url);
    wire.send(callbackText(job, '{"progress":5}', { "Content-Length": "5" }));
    expect((await wire.answer()).status).toBe(400);
    await wire.closed();
    expect(await readJob(server.url, job.jobId)).toMatchObject({ revision: 0 });
  });
});

it("401 is one and the same answer, whatever is wrong", async () => {
  const other = await registerJob(server.url);
  const expired = await registerJob(server.url);
  await changeDatabase(
    `UPDATE callback_tokens SET expires_at = '2026-01-01T00:00:00.000Z' WHERE job_id = '${expired.jobId}'`,
  );
  const unknown = {
    ...job,
    callback_url: `${server.url}/api/external/jobs/00000000-0000-4000-8000-000000000000`,
  };
  const answers = [
    await exchange(callbackText(job, "{}", { "X-Callback-Token": "" })),
    await exchange(callbackText({ ...job, callback_token: NOBODYS_TOKEN }, "{}")),
    await exchange(callbackText({ ...job, callback_token: "short" }, "{}")),
    await exchange(callbackText({ ...job, callback_token: other.callback_token }, "{}")),
    await exchange(callbackText(expired, "{}")),
    await exchange(callbackText(unknown, "{}")),
    await exchange(
      callbackText({ ...job, callback_token: NOBODYS_TOKEN }, "no JSON", { "Content-Type": "text/plain" }),
    ),
    await exchange(
      callbackText({ callback_url: `${server.url}/api/external/jobs`, callback_token: NOBODYS_TOKEN }, "{}"),
    ),
  ];
  const seen = answers.map(({ status, headers, body }) => {
    const { date: _, "x-request-id": __, ...rest } = Object.fromEntries(headers);
    return JSON.stringify([status, rest, body]);
  });
  expect(new Set(seen)).toEqual(new Set([seen[0]]));
  expect(refusal(answers[0])).toMatchObject({ status: 401, code: "unauthorized" });
});

describe("404 and 405", () => {
  it("404 to a job that is not there, and to an address that is not there", async () => {
    for (const path of [
      "/no-such-job",
      "/no-such-job/result",
      "/no-such-job/artifacts/x",
      `/${job.jobId}/artifacts/x`,
    ]) {
      expect((await fetch(`${server.url}/api/external/jobs${path}`)).status, path).toBe(404);
    }
    for (const path of ["", `/${job.jobId}/`, `/no-such-job/${job.jobId}`, `/${job.jobId}/${job.jobId}/x`]) {
      const answer = await postJson(`${server.url}/api/external/jobs${path}/nothing`, {});
      expect((await answer.json()).error, path).toMatchObject({
        code: expect.stringMatching(/unauthorized|unknown_route/),
      });
    }
  });

  const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
  it.each([
    ["", ["GET", "POST"]],
    ["/:jobId", ["GET", "POST", "DELETE"]],
    ["/:jobId/cancel", ["POST"]],
    ["/:jobId/result", ["GET"]],
    ["/:jobId/artifacts/x", ["GET"]],
    ["/stream", ["GET"]],
  ])("405 at …/jobs%s to all but %j, which Allow names", async (path, allowed) => {
    const address = `${server.url}/api/external/jobs${path.replace(":jobId", job.jobId)}`;
    for (const method of METHODS.filter((name) => !allowed.includes(name))) {
      const answer = await fetch(address, { method });
      expect([method, answer.status, answer.headers.get("Allow")]).toEqual([method, 405, allowed.join(", ")]);
      if (method !== "HEAD") errorBodySchema.parse(await answer.json());
    }
  });
});

describe("408", () => {
  it("when half of it or nothing of it came and then nothing more, and the connection is closed", async () => {
    await Promise.all(
      ['{"progress":', ""].map(async (part) => {
        using wire = openWire(server.url);
        wire.send(callbackText(job, part, { "Content-Length": "100" }));
        expect(refusal(await wire.answer()), part).toMatchObject({ status: 408, code: "body_stalled" });
        await wire.closed();
      }),
    );
    expect(await readJob(server.url, job.jobId)).toMatchObject({ revision: 0, status: "queued" });
  });

  it("but not to whoever went away: nothing is stored, and the server lives", async () => {
    for (const text of [
      callbackText(job, '{"progress":', { "Content-Length": "100" }),
      "POST /api",
      "\r\n\r\n",
    ]) {
      const { socket, send } = openWire(server.url);
      send(text);
      await once(socket, "connect");
      socket.destroy();
    }
    expect(await sendCallback(job, {})).toMatchObject({ applied: true, revision: 1 });
  });
});

it("409 to what the state of the job does not allow", async () => {
  await sendCallback(job, { progress: 5 });
  const running = await fetch(job.callback_url, { method: "DELETE" });
  expect([running.status, await running.json()]).toMatchObject([409, { error: { code: "not_final" } }]);
  await sendCallback(job, { status: "completed" });
  const final = await fetch(`${job.callback_url}/cancel`, { method: "POST" });
  expect([final.status, await final.json()]).toMatchObject([409, { error: { code: "already_final" } }]);
});

it("410 to a worker whose job its owner has removed, at every address", async () => {
  await sendCallback(job, { status: "completed" });
  expect((await fetch(job.callback_url, { method: "DELETE" })).status).toBe(204);
  for (const callback_url of [job.callback_url, `${server.url}/api/external/jobs`]) {
    const answer = await exchange(callbackText({ ...job, callback_url }, '{"progress":5}'));
    expect(refusal(answer)).toMatchObject({ status: 410, code: "removed" });
  }
  expect((await fetch(job.callback_url)).status).toBe(404);
});

describe("413", () => {
  it.each([
    ["announced", { "Content-Length": String(20 * MEGABYTE) }],
    ["in chunks", { "Content-Length": "", "Transfer-Encoding": "chunked" }],
  ])("to 20 MB of progress, %s, when little of it has come, and no more is read", async (kind, headers) => {
    using wire = openWire(server.url);
    const part = `{"phase":"running","message":"${"x".repeat(100_000)}`;
    const chunkSize = kind === "announced" ? "" : `${MEGABYTE.toString(16)}\r\n`;
    wire.send(callbackText(job, "", headers) + chunkSize + part);
    expect(refusal(await wire.answer())).toMatchObject({ status: 413, code: "too_large" });
    await wire.closed();
    expect(await readJob(server.url, job.jobId)).toMatchObject({ revision: 0 });
  });

  it("reaches a sender that does not listen while it sends", async () => {
    const body = { phase: "running", message: "x".repeat(MEGABYTE) };
    const answer = await postJson(job.callback_url, body, { "X-Callback-Token": job.callback_token });
    expect([answer.status, (await answer.json()).error.code]).toEqual([413, "too_large"]);
  });
});

describe("415", () => {
  it.each([
    ["no type", { "Content-Type": "" }],
    ["another type", { "Content-Type": "text/plain" }],
    ["a form", { "Content-Type": "application/x-www-form-urlencoded" }],
    ["another encoding of characters", { "Content-Type": "application/json; charset=latin1" }],
    ["a compressed body", { "Content-Encoding": "gzip" }],
  ])("to %s", async (_, headers) => {
    expect(refusal(await exchange(callbackText(job, "{}", headers)))).toMatchObject({ status: 415 });
    expect(await readJob(server.url, job.jobId)).toMatchObject({ revision: 0 });
  });
});

describe("422 names the field", () => {
  it.each([
    ["[]", "body"],
    ['"completed"', "body"],
    ["null", "body"],
    ['{"progress":"5"}', "progress"],
    ['{"status":1}', "status"],
    ['{"phase":["completed"]}', "phase"],
    ['{"seq":1.5}', "seq"],
    ['{"details":[]}', "details"],
    ['{"logs":[{"progress":101}]}', "logs.0.progress"],
    ['{"level":"loud"}', "level"],
  ])("%s: %s", async (body, field) => {
    expect(refusal(await exchange(callbackText(job, body)))).toMatchObject({
      status: 422,
      code: "invalid_callback",
      field,
    });
  });

  it("of a registration too", async () => {
    const answer = await postJson(`${server.url}/api/external/jobs`, { title: "x", timeoutSeconds: 0 });
    expect([answer.status, (await answer.json()).error.field]).toEqual([422, "timeoutSeconds"]);
  });
});

it("429 to whoever reports too often, with when to come again, and never to a final", async () => {
  const many = Array.from({ length: 500 }, (_, n) => `{"current":${n}}`);
  let refused: RawAnswer | undefined;
  for (let round = 0; refused === undefined && round < 20; round++) {
    using wire = openWire(server.url);
    wire.send(many.map((body) => callbackText(job, body.replace("}", `,"total":${round + 1000}}`))).join(""));
    for (const _ of many) {
      const answer = await wire.answer();
      if (answer.status === 429) refused ??= answer;
    }
  }
  expect(refusal(refused)).toMatchObject({ status: 429, code: "too_often" });
  expect(Number(refused?.headers.get("Retry-After"))).toBeGreaterThanOrEqual(1);
  expect(await sendCallback(job, { status: "completed" })).toMatchObject({
    applied: true,
    status: "completed",
  });
});

it("503 while the database cannot take it, with when to come again; afterwards the same is taken", async () => {
  const backup = spawn(process.execPath, ["-e", LOCK], { env: { FILE: join(server.dataDir, "jobmon.db") } });
  try {
    await once(backup.stdout, "data");
    const answer = await exchange(callbackText(job, '{"progress":5}'));
    expect(refusal(answer)).toMatchObject({ status: 503, code: "repository_unavailable" });
    expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThanOrEqual(1);
  } finally {
    backup.kill("SIGKILL");
    await once(backup, "close");
  }
  expect(await sendCallback(job, { progress: 5 })).toMatchObject({ applied: true, revision: 1 });
});

describe("several callbacks in one write", () => {
  it("are answered in order, whatever the answers are", async () => {
    using wire = openWire(server.url);
    wire.send(
      [
        callbackText(job, '{"progress":1}'),
        callbackText(job, "{"),
        callbackText({ ...job, callback_token: NOBODYS_TOKEN }, '{"progress":2}'),
        callbackText(job, '{"progress":3}'),
      ].join(""),
    );
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await wire.answer()).status);
    expect(statuses).toEqual([200, 400, 401, 200]);
    expect(await readJob(server.url, job.jobId)).toMatchObject({ progress: 3, revision: 2 });
  });

  it("end with one that is too large: what comes after it is not answered", async () => {
    using wire = openWire(server.url);
    const large = `{"message":"${"x".repeat(70_000)}"}`;
    wire.send(callbackText(job, large) + callbackText(job, '{"progress":3}'));
    expect((await wire.answer()).status).toBe(413);
    expect(await wire.closed()).toBe("");
  });
});

it("no address is a fault of ours, however it is spelt", async () => {
  const paths = [
    "%",
    "%ZZ",
    "%00",
    "%2F",
    "..%2F..",
    "%E0%A4%A",
    "{jobId",
    "jobs?%",
    "x".repeat(5_000),
    "a%0d%0aX:y",
    "//",
    ";",
  ];
  for (const path of paths) {
    const callback_url = `${server.url}/api/external/jobs/`;
    const text = callbackText({ ...job, callback_url }, "{}").replace("/jobs/ ", `/jobs/${path} `);
    const { status } = await exchange(text);
    expect(status, path).toBeGreaterThanOrEqual(200);
    expect(status, path).toBeLessThan(500);
  }
});

/** A backup that holds the database longer than anybody should. */
const LOCK = `
  const { DatabaseSync } = require("node:sqlite");
  const db = new DatabaseSync(process.env.FILE);
  db.exec("BEGIN IMMEDIATE");
  console.log("locked");
  setInterval(() => db.isOpen, 1000);
`;

/** One request on a connection of its own, and its answer. */
async function exchange(text: string): Promise<RawAnswer> {
  using wire = openWire(server.url);
  wire.send(text);
  return await wire.answer();
}

function refusal(answer: RawAnswer | undefined) {
  const { error } = errorBodySchema.parse(JSON.parse(answer?.body ?? "{}"));
  return { status: answer?.status, ...error };
}

/** Changes what is stored while the server is away: nobody else may open its files. */
async function changeDatabase(sql: string): Promise<void> {
  await server.kill("SIGTERM");
  const db = new DatabaseSync(join(server.dataDir, "jobmon.db"));
  db.exec(sql);
  db.close();
  await server.restart();
}
