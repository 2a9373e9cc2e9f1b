import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { postJson, readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { readStream } from "./support/read-stream.ts";
import { spawnJobmon, temporaryFolder } from "./support/spawn-jobmon.ts";
import { startServer } from "./support/start-server.ts";

describe("a server that cannot start says why in one sentence", () => {
  it("when its port is in use", async () => {
    await using server = await startServer();
    await using folder = await temporaryFolder();
    const port = new URL(server.url).port;
    const second = spawnJobmon(["serve", "--port", port, "--data-dir", join(folder.path, "data")], {
      cwd: folder.path,
    });
    expect(await second.exited).toBe(1);
    expect(second.stderr()).toMatch(
      new RegExp(`^jobmon: port ${port} on 127\\.0\\.0\\.1 is in use: .*--port.*\\n$`),
    );
    expect(second.stdout()).toBe("");
  });

  it("when its data folder cannot be used", async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, "file");
    await writeFile(file, "");
    const server = spawnJobmon(["serve", "--port", "0", "--data-dir", join(file, "data")], {
      cwd: folder.path,
    });
    expect(await server.exited).toBe(2);
    expect(server.stderr()).toMatch(/^jobmon: .*data folder .*file.*--data-dir.*\n$/);
    expect(server.stdout()).toBe("");
  });

  it("when another server has the data folder, which goes on undisturbed", async () => {
    await using server = await startServer();
    await using folder = await temporaryFolder();
    const second = spawnJobmon(["serve", "--port", "0", "--data-dir", server.dataDir], { cwd: folder.path });
    expect(await second.exited).toBe(2);
    expect(second.stderr()).toMatch(/^jobmon: .*in use by another jobmon.*\n$/);
    const job = await registerJob(server.url);
    expect(await sendCallback(job, { progress: 5 })).toMatchObject({ applied: true });
  });

  it("when its environment is wrong, with every fault, and leaves nothing behind", async () => {
    await using folder = await temporaryFolder();
    const env = { PORT: "http", HOST: "0.0.0.0", LOG_LEVEL: "loud" };
    const server = spawnJobmon(["serve", "--data-dir", "data"], { cwd: folder.path, env });
    expect(await server.exited).toBe(2);
    expect(server.stderr()).toMatch(
      /^jobmon: .*\n {2}PORT: .*\n {2}HOST: .*loopback.*\n {2}LOG_LEVEL: .*\n$/,
    );
    expect(server.stdout()).toBe("");
  });
});

describe("a server that starts", () => {
  it("says so in one line on stdout, and nothing else ever", async () => {
    await using server = await startServer();
    const job = await registerJob(server.url);
    await sendCallback(job, { status: "completed" });
    await server.kill("SIGTERM");
    expect(server.stdout()).toBe(`jobmon listening on ${server.url}\n`);
  });

  it("reads .env in its working folder; the environment wins over it, and a flag over both", async () => {
    await using folder = await temporaryFolder();
    await writeFile(
      join(folder.path, ".env"),
      "PORT=0\nJOBMON_DATA_DIR=from-env\nJOBMON_BASE_URL=https://a.example\n",
    );
    const env = { JOBMON_BASE_URL: "https://b.example" };
    const server = spawnJobmon(["serve", "--data-dir", "from-flag"], { cwd: folder.path, env });
    const [, url = ""] = await server.waitFor(/listening on (\S+)/);
    expect((await registerJob(url)).callback_url).toMatch(/^https:\/\/b\.example\/api/);
    expect(await server.kill()).toBe(0);
    await mkdir(join(folder.path, "from-env"));
    await expect(mkdir(join(folder.path, "from-flag"))).rejects.toThrow("EEXIST");
  });
});

it("takes a final of megabytes and goes on", async () => {
  await using server = await startServer();
  const job = await registerJob(server.url);
  const data = { extracted_text: "ä".repeat(2_500_000) };
  expect(await sendCallback(job, { phase: "completed", data })).toMatchObject({ status: "completed" });
  expect(await readJob(server.url, job.jobId)).toMatchObject({ status: "completed" });
});

describe("the request log", () => {
  it("is one JSON line per request on stderr, and never holds a token or a query", async () => {
    await using server = await startServer();
    const job = await registerJob(server.url);
    await sendCallback(job, { message: job.callback_token });
    await postJson(`${job.callback_url}?token=${job.callback_token}`, {}, { "X-Callback-Token": "wrong" });
    await postJson(job.callback_url, "{", { "X-Callback-Token": job.callback_token });
    await server.kill("SIGTERM");
    const requests = server.log().filter(({ msg }) => msg === "request");
    const { jobId } = job;
    const route = "/api/external/jobs/:jobId";
    expect(requests).toMatchObject([
      { method: "POST", route: "/api/external/jobs", status: 201, ms: expect.any(Number) },
      { method: "POST", route, jobId, status: 200 },
      { method: "POST", route, jobId, status: 401 },
      { method: "POST", route, jobId, status: 400 },
    ]);
    expect(
      server
        .stderr()
        .split("\n")
        .filter((line) => !line.startsWith("{")),
    ).toEqual([""]);
    expect(server.stderr()).not.toContain(job.callback_token);
    expect(server.stderr()).not.toContain("?");
  });
});

describe("a server that is told to stop", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("by %s says bye to its viewers and ends with 0", async (signal) => {
    await using server = await startServer();
    const streams = await Promise.all(Array.from({ length: 5 }, () => readStream(server.url)));
    for (const stream of streams) await stream.until("ready");
    expect(await server.kill(signal)).toBe(0);
    for (const stream of streams) {
      expect((await stream.toEnd()).at(-1)).toMatchObject({
        event: "bye",
        data: { retry: expect.any(Number) },
      });
    }
  });

  it("does not wait longer than the drain time for a request that stands still", async () => {
    await using server = await startServer({ env: { DRAIN_SECONDS: "0.1" } });
    const job = await registerJob(server.url);
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    socket.on("error", () => {});
    socket.write(
      `POST ${new URL(job.callback_url).pathname} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n` +
        `Authorization: Bearer ${job.callback_token}\r\nContent-Length: 100\r\n\r\n{"progress":`,
    );
    await once(socket, "connect");
    expect(await server.kill("SIGTERM")).toBe(0);
    socket.destroy();
  });

  it("has kept everything when it starts again", async () => {
    await using server = await startServer();
    const job = await registerJob(server.url);
    await sendCallback(job, { progress: 42, message: "bis hierher" });
    await server.kill("SIGTERM");
    await server.restart();
    expect(await readJob(server.url, job.jobId)).toMatchObject({ progress: 42, message: "bis hierher" });
    expect(await sendCallback(job, { progress: 43 })).toMatchObject({ applied: true, revision: 2 });
  });
});

describe("kill -9", () => {
  it("between two callbacks: a viewer who resumes gets the final state, and only once more what it had", async () => {
    await using server = await startServer();
    using stream = await readStream(server.url);
    await stream.until("ready");
    const job = await registerJob(server.url);
    await sendCallback(job, { phase: "processing", progress: 5 });
    const { id = "" } = await stream.until("job_update", ({ data }) => data.progress === 5);

    expect(await server.kill("SIGKILL")).toBe("SIGKILL");
    await server.restart();
    await sendCallback(job, { phase: "completed", data: { extracted_text: "fertig" } });

    using resumed = await readStream(server.url, { after: id });
    await resumed.until("ready");
    expect(resumed.seen).toMatchObject([
      { event: "job_update", data: { jobId: job.jobId, status: "completed", progress: 100 } },
      { event: "ready" },
    ]);
  });

  it("in the middle of many callbacks: nothing that was acknowledged is lost, nothing is there twice", async () => {
    await using server = await startServer();
    const job = await registerJob(server.url);
    const acknowledged: string[] = [];
    let killed: Promise<unknown> | undefined;
    const report = async (worker: number): Promise<void> => {
      for (let n = 0; n < 500; n++) {
        const message = `${worker}.${n}`;
        await sendCallback(job, { message });
        acknowledged.push(message);
        if (acknowledged.length >= 60) killed ??= server.kill("SIGKILL");
      }
    };
    await Promise.allSettled([0, 1, 2, 3, 4, 5, 6, 7].map(report));
    await killed;
    await server.restart();
    const response = await fetch(`${job.callback_url}?limit=500`);
    const { logs, logCount, revision } = await response.json();
    const kept: string[] = logs.map(({ message }: { message: string }) => message);
    expect(kept).toEqual(expect.arrayContaining(acknowledged));
    expect(new Set(kept).size).toBe(kept.length);
    expect([logCount, revision]).toEqual([kept.length, kept.length]);
  });
});
