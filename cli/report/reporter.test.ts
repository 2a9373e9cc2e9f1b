import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runTexts } from "#app/locales/terminal-run.ts";
import { createLogBuffer } from "../output/log-buffer.ts";
import { createReporter, type Reporter } from "./reporter.ts";

const FOREVER = new AbortController().signal;
const WAIT = { timeout: 10_000 };
const DONE = { status: "completed" } as const;
const AT = "2026-11-23T14:21:13.402Z";

/** What arrived besides the registration, and how the next one is answered. */
let arrived: unknown[] = [];
let answers: number[] = [];
let cancelRequested = false;
let stop: () => void = () => {};
let url = "";

beforeEach(async () => {
  [arrived, answers, cancelRequested] = [[], [], false];
  const server = createServer();
  server.on("request", async (request, response) => {
    const body = await json(request);
    const isRegistration = request.url === "/api/external/jobs";
    const status = isRegistration ? 201 : (answers.shift() ?? 200);
    if (!isRegistration && status === 200) arrived.push(body);
    response.writeHead(status, { "Content-Type": "application/json" });
    const registered = { jobId: "a", callback_url: `${url}/a`, callback_token: "t", expiresAt: AT };
    const taken = { applied: true, revision: 1, cancelRequested };
    response.end(JSON.stringify({ status: "running", ...(isRegistration ? registered : taken) }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = () => {
    server.close();
    server.closeAllConnections();
  };
});
afterEach(() => stop());

test("a command that says nothing gives a sign of life again and again, and then its end", async () => {
  const { reporter } = report({ batchMs: 5, signOfLifeMs: 20 });
  await expect.poll(() => arrived.length, WAIT).toBeGreaterThan(2);
  expect(await reporter.end(DONE, 5_000, FOREVER)).toEqual({ kind: "reported" });
  expect(arrived.slice(0, -1).every((body) => JSON.stringify(body) === "{}")).toBe(true);
  expect(arrived.at(-1)).toEqual(DONE);
});

test("what comes while one report is on its way goes out with the next, all of it and in order", async () => {
  const { reporter, say } = report({ batchMs: 5 });
  for (let line = 0; line < 300; line++) {
    say(`line ${line}`);
    if (line % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await reporter.end(DONE, 5_000, FOREVER);
  expect(messages()).toEqual(Array.from({ length: 300 }, (_, line) => `line ${line}`));
});

test("the newest progress counts, and the same one is not told twice", async () => {
  const { reporter } = report({ batchMs: 5 });
  for (const progress of [1, 2, 3, 3]) reporter.progressed({ progress });
  await expect.poll(() => arrived, WAIT).toEqual([{ progress: 3 }]);
  reporter.progressed({ progress: 3 });
  await reporter.end(DONE, 5_000, FOREVER);
  expect(arrived).toEqual([{ progress: 3 }, DONE]);
});

test("a report that is not answered is sent again, and none overtakes it", async () => {
  answers = [503, 503];
  const { reporter, say } = report({ batchMs: 5 });
  say("one");
  await expect.poll(() => answers.length, WAIT).toBeLessThan(2);
  say("two");
  expect(await reporter.end(DONE, 20_000, FOREVER)).toEqual({ kind: "reported" });
  expect(messages()).toEqual(["one", "two"]);
});

test("an end that nobody takes is given up in time, or at once when that is asked for", async () => {
  answers = Array.from({ length: 1_000 }, () => 503);
  const { reporter } = report({ batchMs: 5 });
  await reporter.registered;
  expect(await reporter.end(DONE, 50, FOREVER)).toMatchObject({
    kind: "missed",
    reason: expect.stringMatching(/^503/),
  });
  const impatience = new AbortController();
  const other = report({ batchMs: 5 }).reporter;
  await other.registered;
  const ending = other.end(DONE, 60_000, impatience.signal);
  impatience.abort();
  expect(await ending).toMatchObject({ kind: "missed" });
});

test("the wish to cancel is heard once, with whatever is reported", async () => {
  cancelRequested = true;
  const heard: string[] = [];
  const { reporter } = report({ batchMs: 5, signOfLifeMs: 10, onCancel: () => heard.push("cancel") });
  await expect.poll(() => arrived.length, WAIT).toBeGreaterThan(2);
  await reporter.end({ status: "canceled", message: "x" }, 5_000, FOREVER);
  expect(heard).toEqual(["cancel"]);
});

function report(options: { batchMs?: number; signOfLifeMs?: number; onCancel?: () => void }): {
  reporter: Reporter;
  say: (line: string) => void;
} {
  const lines = createLogBuffer(runTexts.en);
  const receiver = { url, token: undefined };
  const reporter = createReporter({ receiver, job: { title: "x" }, lines, onCancel: () => {}, ...options });
  const say = (line: string): void => {
    lines.add(line, AT);
    reporter.linesCame();
  };
  return { reporter, say };
}

function messages(): unknown[] {
  return arrived.flatMap((body) => {
    const { logs = [] } = body as { logs?: { message: string }[] };
    return logs.map(({ message }) => message);
  });
}
