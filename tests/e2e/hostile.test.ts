import { Agent, request as httpRequest } from "node:http";
import * as fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Registered } from "#app/contract/http.ts";
import { readResources, TELLS_RESOURCES } from "../chaos/read-resources.ts";
import { type HostileRequest, hostileRequest } from "../properties/hostile-requests.ts";
import { postJson, readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { callbackText, openWire } from "./support/raw-http.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const REQUESTS = 10_000;
const AT_ONCE = 32;
const PATIENT_MS = 240_000;
/** Feeds, buckets and caches of those who asked, all bounded; not what 10,000 requests would leave behind. */
const MOST_GROWTH_MB = 8;
const STALL_SECONDS = 2;
/** What no answer may show: where we are, and what only the server knows. */
const LEAKS = /node_modules|\/app\/server\/|at \w+ \(|SQLITE|MongoServerError|root:x:0/;

let server: RunningServer;
let job: Registered;
beforeAll(async () => {
  const env = { BODY_STALL_SECONDS: String(STALL_SECONDS), LOG_LEVEL: "warn", ...TELLS_RESOURCES };
  server = await startServer({ env });
});
afterAll(() => server.stop());
beforeEach(async () => {
  job = await registerJob(server.url);
});

it(
  "10,000 hostile requests over all routes cause no fault, show nothing, and leave nothing behind",
  async () => {
    const seed = Number(process.env["HOSTILE_SEED"] ?? Date.now() % 2 ** 31);
    console.log(`hostile requests, seed ${seed}`);
    const [warmUp, all] = [500, REQUESTS].map((numRuns) => fc.sample(hostileRequest, { numRuns, seed }));
    await sendAll(warmUp ?? []);
    const before = await readResources(server);
    const answers = await sendAll(all ?? []);
    const faulty = answers.filter(({ status, text }) => status >= 500 || LEAKS.test(text));
    expect(faulty, `seed ${seed}`).toEqual([]);
    expect(new Set(answers.map(({ status }) => status)).size).toBeGreaterThan(6);
    const after = await readResources(server);
    expect(after.heapMb - before.heapMb).toBeLessThan(MOST_GROWTH_MB);
    const { active, descriptors } = before;
    expect(after).toMatchObject({ active, descriptors });
  },
  PATIENT_MS,
);

describe("a request that two readers would cut differently", () => {
  it.each([
    ["with both lengths", { "Transfer-Encoding": "chunked" }],
    ["with two lengths", { "Content-Length": "2\r\nContent-Length: 3" }],
    ["with a length that is none", { "Content-Length": "+2" }],
    ["with a chunked body by another name", { "Content-Length": "", "Transfer-Encoding": "xchunked" }],
    [
      "with chunked before something else",
      { "Content-Length": "", "Transfer-Encoding": "chunked, identity" },
    ],
    ["with a space before the colon", { "Content-Length ": "2" }],
    ["with a folded header", { "X-Folded": "a\r\n b: c" }],
    ["with a bare line feed", { "X-Bare": "a\nContent-Length: 9" }],
    ["with a null byte", { "X-Null": "a\u0000b" }],
  ])("%s is refused, and what follows it is not read", async (_, headers) => {
    using wire = openWire(server.url);
    wire.send(callbackText(job, "{}", headers));
    wire.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
    expect((await wire.answer()).status).toBe(400);
    expect(await wire.closed()).toBe("");
  });

  it("with more than 16 KB of head is refused", async () => {
    using wire = openWire(server.url);
    wire.send(callbackText(job, "{}", { "X-Long": "x".repeat(20_000) }));
    expect((await wire.answer()).status).toBe(431);
  });
});

describe("somebody who sends slowly", () => {
  it("headers is cut off", async () => {
    using wire = openWire(server.url);
    wire.send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    expect(await wire.closed()).toContain("408");
  });

  it("a body is cut off, and nothing has changed", async () => {
    const { revision } = await readJob(server.url, job.jobId);
    using wire = openWire(server.url);
    wire.send(callbackText(job, '{"progress":', { "Content-Length": "99" }));
    expect((await wire.answer()).status).toBe(408);
    await wire.closed();
    expect((await readJob(server.url, job.jobId)).revision).toBe(revision);
  });
});

it(
  "1,000 wrong tokens are refused, soon without looking, and a good one from the same address is taken",
  async () => {
    const fresh = await registerJob(server.url);
    const statuses: number[] = [];
    for (let n = 0; n < 1_000; n++) {
      const token = Buffer.from(`wrong ${n}`.padEnd(32)).toString("base64url");
      const answer = await postJson(fresh.callback_url, {}, { Authorization: `Bearer ${token}` });
      await answer.arrayBuffer();
      if (answer.status === 429) expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
      statuses.push(answer.status);
    }
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(800);
    expect(await sendCallback(fresh, { progress: 1 })).toMatchObject({ applied: true });
  },
  PATIENT_MS,
);

/** Sends all, some at a time; a connection that is cut has the status 0. */
async function sendAll(
  requests: HostileRequest[],
): Promise<{ status: number; text: string; sent: string }[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const answers: { status: number; text: string; sent: string }[] = [];
  const waiting = requests.values();
  const sendNext = async (): Promise<void> => {
    for (const one of waiting) answers.push(await sendOne(one, agent));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendNext));
  agent.destroy();
  return answers;
}

function sendOne({ method, path, headers, body }: HostileRequest, agent: Agent) {
  const filled = (text: string): string =>
    text.replaceAll("%JOB%", job.jobId).replaceAll("%TOKEN%", job.callback_token);
  const sent = `${method} ${path} ${JSON.stringify(headers)}`.slice(0, 400);
  const own = Object.entries(headers).map(([name, value]): [string, string] => [name, filled(value)]);
  return new Promise<{ status: number; text: string; sent: string }>((resolve) => {
    const cut = (): void => resolve({ status: 0, text: "", sent });
    const { hostname, port } = new URL(server.url);
    const options = { hostname, port, agent, method, path: filled(path), headers: Object.fromEntries(own) };
    const request = httpRequest(options, (answer) => {
      const { statusCode: status = 0 } = answer;
      let text = "";
      answer.setEncoding("latin1").on("data", (part: string) => {
        text += part;
        // A stream has no end: what it begins with is enough.
        if (answer.headers["content-type"] === "text/event-stream") request.destroy();
      });
      answer.once("close", () => resolve({ status, text, sent }));
    });
    request.once("error", cut).once("close", cut);
    request.end(body);
  });
}
