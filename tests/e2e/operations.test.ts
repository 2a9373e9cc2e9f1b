import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { errorBodySchema } from "#app/contract/http.ts";
import { postJson, registerJob, sendCallback } from "./support/jobs.ts";
import { readStream } from "./support/read-stream.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const UUID = /^[\da-f-]{36}$/;

describe("the request log", () => {
  it("has one line for every request, with an id that the answer carries and nobody can choose", async () => {
    await using server = await startServer();
    const chosen = { "X-Request-Id": "chosen" };
    const answers = await Promise.all([
      postJson(`${server.url}/api/external/jobs`, { title: "x" }, chosen),
      fetch(`${server.url}/api/external/jobs?q=x`, { headers: chosen }),
      fetch(`${server.url}/healthz`, { headers: chosen }),
      fetch(server.url, { headers: chosen }),
      fetch(`${server.url}/nothing`, { headers: chosen }),
    ]);
    for (const answer of answers) await answer.arrayBuffer();
    const ids = answers.map(({ headers }) => headers.get("X-Request-Id"));
    expect(new Set(ids).size).toBe(answers.length);
    await server.kill("SIGTERM");
    expect(requests(server).toSorted(byRoute)).toMatchObject(
      [
        { requestId: ids[3], method: "GET", route: "/", status: 200 },
        { requestId: ids[1], method: "GET", route: "/api/external/jobs", status: 200 },
        { requestId: ids[0], method: "POST", route: "/api/external/jobs", status: 201 },
        { requestId: ids[2], method: "GET", route: "/healthz", status: 200, level: 30 },
        { requestId: ids[4], method: "GET", route: "static file", status: 404 },
      ].toSorted(byRoute),
    );
    for (const { requestId, ms, bytes } of requests(server)) {
      expect([requestId, ms, bytes]).toEqual([
        expect.stringMatching(UUID),
        expect.any(Number),
        expect.any(Number),
      ]);
    }
    expect(server.stderr()).not.toContain("chosen");
  });

  it("counts the bytes of each answer of a connection for itself", async () => {
    await using server = await startServer();
    const health = await Promise.all([fetch(`${server.url}/healthz`), fetch(`${server.url}/metrics`)]);
    for (const answer of health) await answer.arrayBuffer();
    for (let n = 0; n < 3; n++) await (await fetch(`${server.url}/healthz`)).arrayBuffer();
    await server.kill("SIGTERM");
    const lines = requests(server);
    const small = lines.filter(({ route }) => route === "/healthz").map(({ bytes }) => Number(bytes));
    expect(small).toHaveLength(4);
    expect(new Set(small).size).toBe(1);
    expect(small[0]).toBeLessThan(1_000);
    expect(Number(lines.find(({ route }) => route === "/metrics")?.["bytes"])).toBeGreaterThan(5_000);
  });

  it("says no word of a person or a worker, whatever is asked for and sent", async () => {
    await using server = await startServer();
    const title = "Kündigung Anna Meier";
    const job = await registerJob(server.url, { title, correlation: "anna@example.org" });
    await sendCallback(job, { message: "Anna Meier, Seite 3", phase: "lesen", details: { name: "Meier" } });
    for (const path of ["?q=Meier", "/anna@example.org", `/${job.jobId}/artifacts/Meier.pdf`]) {
      await fetch(`${server.url}/api/external/jobs${path}`);
    }
    await postJson(job.callback_url, { progress: "Meier" }, { "X-Callback-Token": job.callback_token });
    await fetch(`${server.url}/Meier`);
    await server.kill("SIGTERM");
    expect(requests(server).map(({ route, jobId }) => [route, jobId])).toEqual([
      ["/api/external/jobs", undefined],
      ["/api/external/jobs/:jobId", job.jobId],
      ["/api/external/jobs", undefined],
      ["/api/external/jobs/:jobId", undefined],
      ["/api/external/jobs/:jobId/artifacts/:name", job.jobId],
      ["/api/external/jobs/:jobId", job.jobId],
      ["static file", undefined],
    ]);
    expect(server.stderr()).not.toMatch(/meier|anna|example\.org|lesen/i);
  });

  it("tells of a stream when it is over, and that its viewer left", async () => {
    await using server = await startServer();
    const stream = await readStream(server.url);
    await stream.until("ready");
    stream.close();
    await expect
      .poll(() => requests(server))
      .toMatchObject([{ route: "/api/external/jobs/stream", status: 200, aborted: true }]);
  });

  it("tells a fault of the server with its stack under the id that the 500 carries", async () => {
    await using server = await startServer();
    const job = await registerJob(server.url, { title: "Meier" });
    await server.kill("SIGTERM");
    const db = new DatabaseSync(join(server.dataDir, "jobmon.db"));
    db.exec(`UPDATE jobs SET job = '{"revision":"broken"}'`);
    db.close();
    await server.restart();
    const answer = await fetch(job.callback_url);
    expect([answer.status, errorBodySchema.parse(await answer.json()).error.code]).toEqual([500, "internal"]);
    const requestId = answer.headers.get("X-Request-Id");
    await expect
      .poll(() => requests(server))
      .toMatchObject([
        {
          requestId,
          level: 50,
          status: 500,
          route: "/api/external/jobs/:jobId",
          error: { name: "ZodError", stack: expect.stringContaining("at ") },
        },
      ]);
    expect(server.stderr()).not.toContain("Meier");
  });
});

describe("/readyz", () => {
  it("names what does not work, whose reason only the log tells", async () => {
    await using server = await startServer();
    expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({
      status: "ready",
      parts: { repository: "ok", bus: "ok" },
    });
    const lock = spawn(process.execPath, ["-e", LOCK], { env: { FILE: join(server.dataDir, "jobmon.db") } });
    onTestFinished(() => void lock.kill("SIGKILL"));
    await once(lock.stdout, "data");
    const answer = await fetch(`${server.url}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { error: { code: "not_ready", message: "repository is failing" } },
    ]);
    await expect
      .poll(() => server.log())
      .toContainEqual(
        expect.objectContaining({ level: 40, part: "repository", msg: "a part does not work" }),
      );
    lock.kill("SIGKILL");
    await once(lock, "close");
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status).toBe(200);
  });
});

/** A backup that holds the database longer than anybody should. */
const LOCK = `
  const { DatabaseSync } = require("node:sqlite");
  const db = new DatabaseSync(process.env.FILE);
  db.exec("BEGIN IMMEDIATE");
  console.log("locked");
  setInterval(() => db.isOpen, 1000);
`;

function requests(server: RunningServer): Record<string, unknown>[] {
  return server.log().filter(({ msg }) => msg === "request");
}

function byRoute(a: Record<string, unknown>, b: Record<string, unknown>): number {
  return `${a["route"]} ${a["method"]}`.localeCompare(`${b["route"]} ${b["method"]}`);
}
