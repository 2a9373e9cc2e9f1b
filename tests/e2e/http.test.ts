import { once } from "node:events";
import { Agent, type IncomingMessage, request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { errorBodySchema, type Registered } from "#app/contract/http.ts";
import { postJson, readJob, registerJob } from "./support/jobs.ts";
import { readStream } from "./support/read-stream.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

let server: RunningServer;
let job: Registered;
beforeAll(async () => {
  server = await startServer({ env: { HEARTBEAT_SECONDS: "0.1" } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  job = await registerJob(server.url);
});

describe("a callback reaches its job", () => {
  it.each([
    ["as it was registered", () => job.callback_url],
    ["with a slash at the end", () => `${job.callback_url}/`],
    ["with a query", () => `${job.callback_url}?x=1`],
    ["with both", () => `${job.callback_url}/?x=1`],
    ["at the bare address", () => `${server.url}/api/external/jobs`],
    ["at the bare address with a slash", () => `${server.url}/api/external/jobs/`],
    ["with the placeholder left in", () => `${server.url}/api/external/jobs/{jobId}`],
    ["with the placeholder encoded", () => `${server.url}/api/external/jobs/%7BjobId%7D`],
    ["with the placeholder and a slash", () => `${server.url}/api/external/jobs/%7BjobId%7D/`],
  ])("%s, without a redirect", async (_, address) => {
    const headers = { Authorization: `Bearer ${job.callback_token}`, "X-Callback-Token": job.callback_token };
    const answer = await fetch(address(), {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: '{"progress":7}',
      redirect: "manual",
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ applied: true, revision: 1 });
    expect((await readJob(server.url, job.jobId)).progress).toBe(7);
  });

  it("but not at the address of another job", async () => {
    const other = await registerJob(server.url);
    const answer = await postJson(
      other.callback_url,
      { progress: 7 },
      { "X-Callback-Token": job.callback_token },
    );
    expect(answer.status).toBe(401);
    expect(await readJob(server.url, other.jobId)).toMatchObject({ revision: 0, status: "queued" });
  });
});

describe("a body", () => {
  it.each([10, 70_000, 1_000_000, 5_000_000])(
    "of %i bytes that is refused leaves its connection to the next request",
    async (length) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const post = async (token: string, body: string) => {
        const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
        const request = httpRequest(job.callback_url, { method: "POST", agent, headers }).end(body);
        const [response]: IncomingMessage[] = await once(request, "response");
        await once(response?.resume() ?? request, "end");
        return { status: response?.statusCode, from: request.socket?.localPort };
      };
      const body = JSON.stringify({ message: "x".repeat(length) });
      const refused = await post("wrong", body);
      expect(refused.status).toBe(401);
      expect(await post(job.callback_token, '{"progress":7}')).toEqual({ ...refused, status: 200 });
      agent.destroy();
    },
  );

  it("in chunks is taken", async () => {
    expect(await raw(["2", "{}", "0", "", ""], "Transfer-Encoding: chunked")).toMatch(/^HTTP\/1\.1 200 /);
  });

  it("that is larger than it may be is refused before it has all arrived", async () => {
    const chunk = "x".repeat(0x4000);
    const parts = ["c", '{"message":"', ...Array.from({ length: 40 }, () => ["4000", chunk]).flat()];
    expect(await raw(parts, "Transfer-Encoding: chunked")).toMatch(/^HTTP\/1\.1 413 [\s\S]*"too_large"/);
  });

  it("that says it is compressed is refused", async () => {
    const answer = await raw(["{}"], "Content-Length: 4\r\nContent-Encoding: gzip");
    expect(answer).toMatch(/^HTTP\/1\.1 415 [\s\S]*gzip/);
  });

  it("of which only half arrives changes nothing", async () => {
    const socket = await send(['{"progress":9'], "Content-Length: 100");
    socket.destroy();
    await expect.poll(() => server.log().at(-1)).toMatchObject({ jobId: job.jobId, aborted: true });
    expect(await readJob(server.url, job.jobId)).toMatchObject({ revision: 0, status: "queued" });
  });
});

describe("several requests on one connection", () => {
  it("are answered in order", async () => {
    const path = new URL(job.callback_url).pathname;
    const one = (body: string): string =>
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n` +
      `X-Callback-Token: ${job.callback_token}\r\nContent-Length: ${body.length}\r\n`;
    const [first, second] = ['{"progress":1}', '{"progress":2}'];
    const text = `${one(first)}\r\n${first}${one(second)}Connection: close\r\n\r\n${second}`;
    const answer = await exchange(text);
    expect([...answer.matchAll(/"revision":(\d)/g)].map(([, revision]) => revision)).toEqual(["1", "2"]);
  });
});

describe("what nobody answers", () => {
  it.each([
    ["GET", "/api/external/nothing"],
    ["POST", "/api/external/nothing"],
    ["DELETE", "/api"],
    ["GET", "/api/external/jobs/a/b/c"],
  ])("is a 404 in JSON: %s %s", async (method, path) => {
    const answer = await fetch(server.url + path, { method });
    expect(answer.status).toBe(404);
    expect(errorBodySchema.parse(await answer.json()).error).toMatchObject({ code: "unknown_route" });
  });

  it("is a 404 where the gallery is while jobmon is developed", async () => {
    const answer = await fetch(`${server.url}/dev/gallery?state=list`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain("data-sheet");
  });

  it.each([
    ["PUT", "/api/external/jobs", "GET, POST"],
    ["HEAD", "/api/external/jobs", "GET, POST"],
    ["PATCH", "/api/external/jobs/x", "GET, POST"],
    ["HEAD", "/api/external/jobs/x", "GET, POST"],
    ["POST", "/api/external/jobs/stream", "GET"],
    ["HEAD", "/api/external/jobs/stream", "GET"],
  ])("is a 405 that says what is allowed: %s %s", async (method, path, allow) => {
    const answer = await fetch(server.url + path, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("Allow")).toContain(allow);
  });
});

describe("the Host", () => {
  it.each(["localhost", "127.0.0.1", "[::1]", "LOCALHOST:4500"])("%s is answered", async (host) => {
    expect((await getAs(host)).status).toBe(200);
  });

  it.each([
    "example.org",
    "localhost.example.org",
    "127.0.0.1.example.org:4500",
    "192.168.1.2",
    "localhost:x",
  ])("%s is refused: a page elsewhere must not reach the local user", async (host) => {
    const { status, body } = await getAs(host);
    expect(status).toBe(403);
    expect(errorBodySchema.parse(JSON.parse(body)).error.message).toContain("localhost");
  });

  it("must be there", async () => {
    expect(await exchange("GET /healthz HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 403 /);
  });
});

describe("the stream over a socket", () => {
  it("beats, and heartbeats are at the head", async () => {
    using stream = await readStream(server.url);
    const { data } = await stream.until("ready");
    expect(await stream.until("heartbeat")).toEqual({ event: "heartbeat", data });
  });

  it("shows two viewers the same states, each in order, and the same in the end", async () => {
    using one = await readStream(server.url);
    using two = await readStream(server.url);
    await Promise.all([one.until("ready"), two.until("ready")]);
    for (let progress = 1; progress <= 20; progress++) {
      await postJson(job.callback_url, { progress }, { "X-Callback-Token": job.callback_token });
    }
    // What comes between may be merged for one and not for the other.
    const states = new Map<unknown, unknown>();
    for (const stream of [one, two]) {
      await stream.until("job_update", ({ data }) => data.progress === 20);
      const updates = stream.seen.flatMap((seen) => (seen.event === "job_update" ? [seen.data] : []));
      const revisions = updates.map(({ revision }) => revision);
      expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
      for (const update of updates) {
        expect(states.get(update.revision) ?? update).toEqual(update);
        states.set(update.revision, update);
      }
    }
  });

  it("does not begin before the viewer's position, and does not send it again", async () => {
    using first = await readStream(server.url);
    const { id = "" } = await first.until("ready");
    await postJson(job.callback_url, { progress: 1 }, { "X-Callback-Token": job.callback_token });
    using second = await readStream(server.url, { after: id });
    await second.until("ready");
    expect(second.seen.map(({ event }) => event)).toEqual(["job_update", "ready"]);
  });
});

it("serves hashed files for a year, and answers one it does not have with 404", async () => {
  const page = await (await fetch(server.url)).text();
  const [asset = ""] = /\/assets\/[\w.-]+\.js/.exec(page) ?? [];
  const answer = await fetch(server.url + asset);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("Cache-Control")).toMatch(/max-age=31536000.*immutable/);
  await answer.body?.cancel();
  expect((await fetch(`${server.url}/assets/none.js`)).status).toBe(404);
});

/** Sends the head of a callback for the job and these parts of its body; chunked ones end with a line each. */
async function send(parts: string[], headers: string) {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  await once(socket, "connect");
  socket.on("error", () => {});
  const glue = headers.includes("chunked") ? "\r\n" : "";
  socket.write(
    `POST ${new URL(job.callback_url).pathname} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n` +
      `X-Callback-Token: ${job.callback_token}\r\n${headers}\r\n\r\n${parts.join(glue)}`,
  );
  return socket;
}

/** The beginning of what comes back. */
async function raw(parts: string[], headers: string): Promise<string> {
  const socket = await send(parts, headers);
  let answer = "";
  for await (const chunk of socket.setEncoding("utf8")) {
    answer += chunk;
    if (/\r\n\r\n.+/s.test(answer)) break;
  }
  return answer;
}

/** Everything that comes back until the server closes the connection. */
async function exchange(text: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.setEncoding("utf8").write(text);
  let answer = "";
  for await (const chunk of socket) answer += chunk;
  return answer;
}

async function getAs(host: string): Promise<{ status: number; body: string }> {
  const request = httpRequest(`${server.url}/healthz`, { headers: { Host: host } }).end();
  const [response] = await once(request, "response");
  let body = "";
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, body };
}
