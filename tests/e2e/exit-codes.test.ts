import { type IncomingMessage, request as ask, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Registered } from "#app/contract/http.ts";
import { freePort } from "../support/free-port.ts";
import { awaitEnd } from "./support/await-job.ts";
import { readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { onTerminal } from "./support/on-terminal.ts";
import { type ScriptedServer, startScriptedServer, status } from "./support/scripted-server.ts";
import { spawnJobmon } from "./support/spawn-jobmon.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const NOBODY = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const WATCHES = [["tail"], ["wait"], ["logs", "-f"]];

let server: RunningServer;
const ended: Record<string, Registered> = {};
beforeAll(async () => {
  server = await startServer({ env: { WATCHDOG_SECONDS: "1" } });
  const finals: Record<string, object> = {
    completed: { phase: "completed", data: {} },
    failed: { phase: "error", error: { code: "x", message: "y" } },
    canceled: { status: "canceled" },
  };
  for (const [name, final] of Object.entries(finals)) {
    ended[name] = await registerJob(server.url);
    await sendCallback(ended[name], final);
  }
  ended.silent = await registerJob(server.url, { timeoutSeconds: 1, stallAfterSeconds: 1 });
  await sendCallback(ended.silent, { progress: 1 });
  await awaitEnd(server.url, ended.silent.jobId);
});
afterAll(() => server.stop());

test.each([
  ["completed", 0],
  ["failed", 3],
  ["canceled", 6],
  ["silent", 7],
])("a job that is already %s: every watch ends with %i, with and without a terminal", async (name, code) => {
  const jobId = ended[name]?.jobId ?? "";
  const plain = WATCHES.map((watch) => run([...watch, jobId]).exited);
  const drawn = WATCHES.map((watch) =>
    onTerminal([...watch, jobId, "--url", server.url], { cwd: server.dataDir }),
  );
  expect(await Promise.all(plain)).toEqual([code, code, code]);
  expect(await Promise.all(drawn.map(({ exited }) => exited))).toEqual([code, code, code]);
});

test("of several jobs the gravest end counts; --any takes the first, --fail-fast does not wait", async () => {
  const open = await registerJob(server.url);
  await sendCallback(open, { progress: 1 });
  const ids = (...names: string[]) => names.map((name) => ended[name]?.jobId ?? "");
  const codes = await Promise.all(
    [
      ["wait", ...ids("completed", "canceled", "failed", "silent")],
      ["tail", ...ids("completed", "canceled", "silent")],
      ["wait", open.jobId, ...ids("failed"), "--any"],
      ["wait", open.jobId, ...ids("canceled"), "--fail-fast"],
      ["wait", open.jobId, ...ids("failed"), "--for", "completed"],
      ["wait", open.jobId, ...ids("failed", "completed"), "--for", "completed", "--any"],
    ].map((args) => run(args).exited),
  );
  expect(codes).toEqual([3, 7, 3, 6, 3, 0]);
});

test("wait ends with a job that ends while it waits, and waits for one that does not exist as long as it is told", async () => {
  const job = await registerJob(server.url);
  const named = run(["wait", job.jobId.slice(0, 8), "-o", "ndjson"]);
  await named.waitFor(/"queued"/);
  await sendCallback(job, { phase: "error", error: { code: "x", message: "y" } });
  expect(await named.exited).toBe(3);

  const early = run(["wait", NOBODY, "--wait-for-start", "50ms"]);
  expect(await early.exited).toBe(5);
  expect(early.stderr()).toContain(`${NOBODY} hat in 50ms nicht begonnen (5)`);
});

test("wait --wait-for-start takes a job that nobody knows yet as it comes", async () => {
  const job = await registerJob(server.url);
  await using ignorant = await startScriptedServer([
    (response, request) =>
      request.url?.includes(job.jobId) ? status(404)(response, request) : passOn(request, response),
  ]);
  const early = run(["wait", job.jobId, "--wait-for-start", "10m"], ignorant.url);
  while (!ignorant.requests.some(({ url }) => url.pathname.endsWith("/stream"))) await wait(10);
  await sendCallback(job, { status: "canceled" });
  expect(await early.exited).toBe(6);
  expect(early.stdout()).toContain(`\tcanceled\t`);
});

test("tail --no-exit stays when all named jobs have ended", async () => {
  const job = await registerJob(server.url);
  const tail = run(["tail", job.jobId, "--no-exit", "-o", "ndjson"]);
  await tail.waitFor(/"queued"/);
  await sendCallback(job, { phase: "completed", data: {} });
  await tail.waitFor(/"completed"/);
  expect(await run(["rm", job.jobId]).exited).toBe(0);
  await tail.waitFor(/"job_removed"/);
  expect(await tail.kill("SIGINT")).toBe(130);
});

test("--timeout ends with 124 and says how much is still open", async () => {
  const job = await registerJob(server.url);
  const waiting = run(["wait", job.jobId, "--timeout", "300ms", "--lang", "en"]);
  expect(await waiting.exited).toBe(124);
  expect(waiting.stderr()).toBe("jobmon: after 300ms 1 job has not ended (124)\n  Watch: jobmon tail\n");
});

test.each([NOBODY, NOBODY.slice(0, 8)])("no job %s is 5 everywhere", async (jobId) => {
  const commands = [
    ["tail"],
    ["wait"],
    ["logs"],
    ["logs", "-f"],
    ["show"],
    ["deliveries"],
    ["cancel"],
    ["rm"],
  ];
  const started = commands.map((command) => run([...command, jobId]));
  expect(await Promise.all(started.map(({ exited }) => exited))).toEqual(commands.map(() => 5));
  for (const { stderr } of started) {
    expect(stderr()).toBe(`jobmon: keinen Job ${jobId} gefunden (5)\n  Zu sehende Jobs: jobmon list\n`);
  }
});

test.each([401, 403])("%i ends everything with 4, watches too", async (code) => {
  await using refusing = await startScriptedServer([status(code, { "X-Request-Id": "abc-1" })]);
  const commands = [
    ["list"],
    ["show", NOBODY],
    ["tail"],
    ["wait", NOBODY],
    ["logs", "-f", NOBODY],
    ["whoami"],
  ];
  const started = commands.map((command) => run([...command, "--verbose"], refusing.url));
  expect(await Promise.all(started.map(({ exited }) => exited))).toEqual(commands.map(() => 4));
  for (const { stderr, stdout } of started) {
    expect(stdout()).toBe("");
    expect(stderr()).toContain("(4)");
    expect(stderr()).toContain("X-Request-Id: abc-1");
    expect(stderr()).not.toContain("    at ");
  }
});

test("a server that answers 503 is asked again for ever, or as often as --max-retries says", async () => {
  await using overloaded = await startScriptedServer([status(503)]);
  const commands = [["tail"], ["wait", NOBODY], ["logs", "-f", NOBODY]];
  const limited = commands.map((command) => run([...command, "--max-retries", "1"], overloaded.url));
  expect(await Promise.all(limited.map(({ exited }) => exited))).toEqual([1, 1, 1]);
  for (const { stderr } of limited) expect(stderr()).toContain("-- keine Antwort von");
  const patient = run(["tail"], overloaded.url);
  await patient.waitFor(/neuer Versuch/, "stderr");
  const asked = overloaded.requests.length;
  while (overloaded.requests.length < asked + 2) await wait(10);
  expect(await patient.kill("SIGTERM")).toBe(143);
  expect(await run(["list"], overloaded.url).exited).toBe(1);
});

test("a watch that began before its server carries on when there is one", async () => {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const tail = spawnJobmon(["tail", "--url", url, "-o", "ndjson"], { cwd: server.dataDir });
  await tail.waitFor(/-- keine Antwort von/, "stderr");
  await using late = await startServer({ args: ["--port", port] });
  await registerJob(late.url, { title: "Spät" });
  await tail.waitFor(/"title":"Spät"/);
  expect(tail.stderr()).toContain("-- verbunden --");
  expect(await tail.kill("SIGTERM")).toBe(143);
});

test("Ctrl-C and SIGTERM end at every stage at once", async () => {
  await using mute = await startScriptedServer([() => {}]);
  const job = await registerJob(server.url);
  const stages: [string, () => Promise<ReturnType<typeof run>>][] = [
    ["asking", () => begun(["tail"], mute)],
    ["asking", () => begun(["wait", NOBODY], mute)],
    ["asking", () => begun(["logs", "-f", NOBODY], mute)],
    ["watching", () => shown(["tail"])],
    ["watching", () => shown(["wait", job.jobId])],
  ];
  for (const [, start] of stages) {
    const interrupted = await start();
    const terminated = await start();
    expect(await Promise.all([interrupted.kill("SIGINT"), terminated.kill("SIGTERM")])).toEqual([130, 143]);
  }
  const drawn = onTerminal(["tail", "--url", server.url], { cwd: server.dataDir });
  await drawn.waitFor(/Wartet/);
  drawn.type("\u0003");
  expect(await drawn.exited).toBe(130);
  expect((await readJob(server.url, job.jobId)).status).toBe("queued");
});

/** As a proxy does: the question to the real server, its answer back as it comes. */
function passOn(request: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = request;
  const passed = ask(server.url + url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  response.once("close", () => passed.destroy());
  passed.once("error", () => response.destroy());
  request.pipe(passed);
}

function run(args: readonly string[], url = server.url) {
  return spawnJobmon([...args, "--url", url], { cwd: server.dataDir });
}

/** Runs a command until its first request has come. */
async function begun(args: readonly string[], { url, requests }: ScriptedServer) {
  const before = requests.length;
  const started = run(args, url);
  while (requests.length === before) await wait(10);
  return started;
}

/** Runs a command until it has shown something. */
async function shown(args: readonly string[]) {
  const started = run(args);
  await started.waitFor(/queued/);
  return started;
}
