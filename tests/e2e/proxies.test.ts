import { once } from "node:events";
import { createServer, request as forward } from "node:http";
import type { AddressInfo } from "node:net";
import compression from "compression";
import { expect, it, onTestFinished } from "vitest";
import { connectJobStream } from "#app/client/connect-job-stream.ts";
import type { Registered } from "#app/contract/http.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import { withProgram } from "../setup/engines/with-program.ts";
import { postJson, registerJob, sendCallback } from "./support/jobs.ts";
import { readStream } from "./support/read-stream.ts";
import { type Program, spawnJobmon, spawnProgram } from "./support/spawn-jobmon.ts";
import { startNginx } from "./support/start-nginx.ts";
import { startServer } from "./support/start-server.ts";

/** A server that sends nothing by itself: whatever arrives has not been pushed out by something behind it. */
const SILENT = { HEARTBEAT_SECONDS: "3600" };
const IMPATIENT = "proxy_read_timeout 3s;";

withProgram("nginx", (nginx) => {
  it("events pass at once with default settings, while nothing comes after them", async () => {
    await using server = await startServer({ env: SILENT });
    await using proxy = await startNginx(nginx, server.url);
    const job = await registerJob(proxy.url);
    using stream = await readStream(proxy.url);
    await stream.until("ready");
    await sendCallback({ ...job, callback_url: throughProxy(job.callback_url, proxy.url) }, { progress: 42 });
    await stream.until("job_update", ({ data }) => data.progress === 42);
    expect(stream.seen.map(({ event }) => event)).toEqual(["ready", "job_update"]);
  });

  it("the terminal follows with default settings, while nothing comes after what it shows", async () => {
    await using server = await startServer({ env: SILENT });
    await using proxy = await startNginx(nginx, server.url);
    const job = await registerJob(server.url);
    const tail = endsWithTest(spawnJobmon(["tail", "--url", proxy.url], { cwd: server.dataDir }));
    await tail.waitFor(/\tqueued\t/);
    await sendCallback(job, { progress: 42, message: "Seite 38/91" });
    await tail.waitFor(/\trunning\t42\t.*Seite 38\/91\n/);
    expect(await tail.kill()).toBe(143);
    expect(tail.stderr()).toBe("");
  });

  it("a heartbeat that is faster than its read timeout keeps a stream open beyond it", async () => {
    await using server = await startServer({ env: { HEARTBEAT_SECONDS: "0.5" } });
    await using proxy = await startNginx(nginx, server.url, "proxy_read_timeout 5s;");
    const job = await registerJob(server.url);
    using stream = await readStream(proxy.url);
    // Each of them is half a second after the one before.
    for (let beats = 0; beats < 12; beats++) await stream.until("heartbeat");
    await sendCallback(job, { progress: 42 });
    await stream.until("job_update", ({ data }) => data.progress === 42);
    expect(stream.seen.some(({ event }) => event === "bye")).toBe(false);
  });

  it("with the default heartbeat it cuts the stream; the client comes back and has missed nothing", async () => {
    await using server = await startServer();
    await using proxy = await startNginx(nginx, server.url, IMPATIENT);
    const job = await registerJob(server.url);
    using cut = await readStream(proxy.url);
    await expect(cut.toEnd()).rejects.toThrow("terminated");
    expect(cut.seen.map(({ event }) => event)).toEqual(["ready"]);

    const seen: StreamEvent[] = [];
    let said = 0;
    const ended = Promise.withResolvers<void>();
    using connection = follow(`${proxy.url}/api/external/jobs/stream`, {
      onEvent: (event) => {
        seen.push(event);
        if (event.event === "job_update" && event.data.status === "completed") ended.resolve();
      },
      onAway: () => {
        said += 1;
        void sendCallback(job, said < 2 ? { progress: said } : { phase: "completed", data: {} });
      },
    });
    await ended.promise;
    connection.close();
    const updates = seen.flatMap(({ event, data }) => (event === "job_update" ? [data] : []));
    expect(updates.map(({ progress }) => progress)).toEqual([1, 100]);
    expect(seen.filter(({ event }) => event === "reset")).toEqual([]);
  });

  it("people are signed in by it, and nothing that they send themselves makes them somebody else", async () => {
    const secret = "what-nginx-proves-itself-by";
    const env = { JOBMON_AUTH: "proxy", TRUSTED_PROXIES: "127.0.0.1", JOBMON_PROXY_SECRET: secret };
    await using server = await startServer({ env });
    await using proxy = await startNginx(nginx, server.url, signIn(secret));
    await using outsider = await startNginx(nginx, server.url, signIn("something-else-than-that"));
    const jobs = "/api/external/jobs";
    const asks = async (url: string, headers: Record<string, string>) => {
      const answer = await fetch(`${url}/api/external/me`, { headers });
      return answer.ok ? (await answer.json()).userEmail : answer.status;
    };
    const [anna, bert] = [{ Cookie: "who=anna" }, { Cookie: "who=bert" }];
    expect([await asks(proxy.url, anna), await asks(proxy.url, bert)]).toEqual([
      "anna@example.org",
      "bert@example.org",
    ]);
    const claimed = { "X-Forwarded-Email": "anna@example.org", "X-Jobmon-Proxy-Secret": secret };
    expect(await asks(proxy.url, { ...bert, ...claimed })).toBe("bert@example.org");
    expect(await asks(proxy.url, { ...claimed, "x-forwarded-email": "anna@example.org" })).toBe(401);
    expect(await asks(outsider.url, { ...anna, ...claimed })).toBe(401);

    const registered = await postJson(`${proxy.url}${jobs}`, { title: "Annas" }, anna);
    const job: Registered = await registered.json();
    using stream = await readStream(proxy.url, {}, anna);
    await stream.until("ready");
    // Workers have no account: the way to the callback is open, the token protects it.
    await sendCallback({ ...job, callback_url: throughProxy(job.callback_url, proxy.url) }, { progress: 42 });
    await stream.until("job_update", ({ data }) => data.progress === 42);
    for (const headers of [bert, { ...bert, ...claimed }, {}]) {
      const answer = await fetch(`${proxy.url}${jobs}/${job.jobId}`, { headers });
      expect(answer.status).toBe("Cookie" in headers ? 404 : 401);
    }
  });

  it("the terminal comes back by itself from a cut, and has missed nothing", async () => {
    await using server = await startServer();
    await using proxy = await startNginx(nginx, server.url, IMPATIENT);
    const job = await registerJob(server.url);
    const tail = endsWithTest(
      spawnJobmon(["tail", "--url", proxy.url, "-o", "ndjson", "--include-connection"], {
        cwd: server.dataDir,
      }),
    );
    await tail.waitFor(/"state":"live"[^]*"state":"reconnecting"/);
    await sendCallback(job, { progress: 42 });
    await tail.waitFor(/"progress":42[^]*"state":"reconnecting"/);
    await sendCallback(job, { phase: "completed", data: {} });
    await tail.waitFor(/"status":"completed"/);
    expect(await tail.kill()).toBe(143);
  });
});

it("the compression middleware compresses the pages and leaves the stream alone", async () => {
  await using server = await startServer({ env: SILENT });
  await using proxy = await startCompressing(server.url);
  const page = await fetch(proxy.url);
  expect([page.headers.get("Content-Encoding"), await page.text()]).toEqual([
    expect.stringMatching(/^(br|gzip)$/),
    expect.stringContaining("<html"),
  ]);
  const job = await registerJob(server.url);
  using stream = await readStream(proxy.url);
  expect(stream.headers.get("Content-Encoding")).toBe(null);
  await stream.until("ready");
  await sendCallback(job, { progress: 42 });
  await stream.until("job_update", ({ data }) => data.progress === 42);
  expect(stream.seen.map(({ event }) => event)).toEqual(["ready", "job_update"]);
});

withProgram("curl", (curl) => {
  it("curl -N prints every event as it happens", async () => {
    await using server = await startServer({ env: SILENT });
    const job = await registerJob(server.url);
    const stream = endsWithTest(
      spawnProgram(curl, ["-sSN", `${server.url}/api/external/jobs/stream`], {
        cwd: server.dataDir,
      }),
    );
    await stream.waitFor(/^event: ready\nid: \w+\.1\ndata: .*\n\n$/);
    await sendCallback(job, { progress: 42 });
    await stream.waitFor(/event: job_update\nid: \w+\.2\ndata: .*"progress":42.*\n\n$/);
    expect(await stream.kill()).toBe("SIGTERM");
    expect(stream.stderr()).toBe("");
  });

  it("curl -N resumes after the Last-Event-ID it is given", async () => {
    await using server = await startServer({ env: SILENT });
    const job = await registerJob(server.url);
    using first = await readStream(server.url);
    const { id = "" } = await first.until("ready");
    await sendCallback(job, { progress: 42 });
    const stream = endsWithTest(
      spawnProgram(curl, ["-sSN", "-H", `Last-Event-ID: ${id}`, `${server.url}/api/external/jobs/stream`], {
        cwd: server.dataDir,
      }),
    );
    await stream.waitFor(
      /^event: job_update\nid: \w+\.[12]\ndata: .*"progress":42.*\n\nevent: ready\nid: \w+\.2\n/,
    );
    expect(await stream.kill()).toBe("SIGTERM");
  });
});

/** As docs/sign-in-by-proxy.md says, with a cookie for the account; both headers are nginx's, whatever a client sends. */
function signIn(secret: string): string {
  return `
      set $email "";
      if ($cookie_who) { set $email "$cookie_who@example.org"; }
      proxy_set_header X-Forwarded-Email $email;
      proxy_set_header X-Jobmon-Proxy-Secret "${secret}";`;
}

/** A test that is given up at its timeout would leave the program behind. */
function endsWithTest(program: Program): Program {
  onTestFinished(() => void program.kill("SIGKILL"));
  return program;
}

function throughProxy(address: string, proxy: string): string {
  return new URL(new URL(address).pathname, proxy).href;
}

/** The product's own client; `onAway` whenever it has lost the connection. */
function follow(url: string, on: { onEvent: (event: StreamEvent) => void; onAway: () => void }) {
  const { close } = connectJobStream({
    url,
    onEvent: on.onEvent,
    onConnection: ({ state }) => {
      if (state === "reconnecting") on.onAway();
    },
  });
  return { close, [Symbol.dispose]: close };
}

/** A server with the `compression` middleware, as many applications have it, that passes everything on. */
async function startCompressing(target: string): Promise<{ url: string } & AsyncDisposable> {
  const compressed = compression({ threshold: 0 });
  const server = createServer((request, response) => {
    const { method = "GET", headers } = request;
    compressed(Object.assign(request), Object.assign(response), () => {
      const onward = forward(new URL(request.url ?? "/", target), { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.once("error", () => response.destroy());
      request.pipe(onward);
      response.once("close", () => onward.destroy());
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
