import { randomUUID } from "node:crypto";
import { MongoClient } from "mongodb";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "../support/free-port.ts";
import { startMongo } from "../support/start-mongo.ts";
import { startMongod } from "../support/start-mongod.ts";
import { withMongo } from "../support/with-mongo.ts";
import { readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { readStream } from "./support/read-stream.ts";
import { spawnJobmon, temporaryFolder } from "./support/spawn-jobmon.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const mongo = await startMongo();
afterAll(() => mongo?.stop());

describe.skipIf(mongo === undefined)("with MONGODB_URI", () => {
  it("a callback to one instance reaches the viewer at another, and is there after both were killed", async () => {
    const env = { MONGODB_URI: newDatabase() };
    const [one, other] = [await start(env), await start(env)];
    using stream = await readStream(other.url);
    await stream.until("ready");
    const job = await registerJob(one.url);
    await sendCallback(job, { phase: "processing", progress: 42, message: "Seite 38/91" });
    await stream.until("job_update", ({ data }) => data.progress === 42);
    const text = "ä".repeat(400_000);
    await sendCallback(job, { phase: "completed", data: { extracted_text: text } });
    await stream.until("job_update", ({ data }) => data.status === "completed");

    await Promise.all([one.kill("SIGKILL"), other.kill("SIGKILL")]);
    await other.restart();
    expect(await readJob(other.url, job.jobId)).toMatchObject({ status: "completed", revision: 2 });
    const result = await fetch(`${other.url}/api/external/jobs/${job.jobId}/result`);
    expect((await result.json()).text).toBe(text);
  });

  it("is ready; is audited while it runs; its orderly end closes everything; restored, viewers with an old cursor reload", async () => {
    const uri = newDatabase();
    const server = await start({ MONGODB_URI: uri });
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status).toBe(200);
    const job = await registerJob(server.url);
    const after = await readHead(server.url);
    await sendCallback(job, { progress: 42 });

    expect(await runOn(uri, "audit")).toEqual([
      0,
      expect.stringMatching(/^1 Job .* alle wie gespeichert\n$/),
    ]);
    const client = await MongoClient.connect(uri);
    await client
      .db()
      .collection("external_jobs")
      .updateOne({}, { $set: { progress: 43 } });
    await client.close();
    expect(await runOn(uri, "audit")).toEqual([1, expect.stringContaining(`${job.jobId}: the replay ends`)]);

    expect(await server.kill("SIGTERM")).toBe(0);
    const { host, pathname } = new URL(uri);
    const said = `mongodb://${host}${pathname} gilt als wiederhergestellt: 1 Nutzer lädt seine Liste neu\n`;
    expect(await runOn(uri, "restored")).toEqual([0, said]);
    await server.restart();
    using stream = await readStream(server.url, { after });
    await stream.until("ready");
    expect(stream.seen.map(({ event }) => event)).toEqual(["reset", "ready"]);
  });

  it.each(["audit", "restored"])("%s creates nothing where there are no jobs", async (command) => {
    const uri = newDatabase();
    expect(await runOn(uri, command)).toEqual([
      2,
      expect.stringMatching(/^jobmon: The database .* holds no jobs/),
    ]);
    const client = await MongoClient.connect(uri);
    expect(await client.db().collections()).toEqual([]);
    await client.close();
  });
});

it("waits for MongoDB, says so, and gives up after STARTUP_TIMEOUT_SECONDS", async () => {
  const nobody = `127.0.0.1:${await freePort()}`;
  await using folder = await temporaryFolder();
  const env = { MONGODB_URI: `mongodb://anna:secret@${nobody}/`, STARTUP_TIMEOUT_SECONDS: "1" };
  const jobmon = spawnJobmon(["serve", "--port", "0"], { cwd: folder.path, env });
  expect(await jobmon.exited).toBe(2);
  expect(jobmon.stderr()).toContain(`the MongoDB at ${nobody} did not answer within 1 s`);
  expect(jobmon.stderr()).not.toContain("secret");
});

withMongo(() => {
  it.each([
    ["a MongoDB that is no replica set", undefined],
    ["a member of a replica set that nobody has begun", "rs0"],
  ])("refuses %s at once, with the one command that makes it one", async (_, replSet) => {
    const mongod = await startMongod(replSet === undefined ? {} : { replSet });
    onTestFinished(() => mongod.stop());
    const host = `127.0.0.1:${mongod.port}`;
    const createUser = { createUser: "anna", pwd: "secret", roles: [] };
    if (replSet === undefined) await mongod.command(createUser);
    await using folder = await temporaryFolder();
    const env = {
      MONGODB_URI: `mongodb://anna:secret@${host}/jobs?authSource=admin&serverSelectionTimeoutMS=500`,
    };
    const jobmon = spawnJobmon(["serve", "--port", "0"], { cwd: folder.path, env });
    expect([await jobmon.exited, jobmon.stdout()]).toEqual([2, ""]);
    const said = jobmon.stderr();
    expect(said).toContain(`jobmon: the MongoDB at ${host} is no replica set`);
    expect(said).toContain(`mongosh "mongodb://${host}/?directConnection=true" --eval 'rs.initiate()'`);
    expect(said).not.toMatch(/secret|anna/);
  });
});

/** Runs a command on a database: its exit code, and what it printed. */
async function runOn(uri: string, command: string): Promise<[number | NodeJS.Signals, string]> {
  await using folder = await temporaryFolder();
  const child = spawnJobmon([command], { cwd: folder.path, env: { MONGODB_URI: uri } });
  return [await child.exited, child.stdout() || child.stderr()];
}

async function readHead(url: string): Promise<string> {
  using stream = await readStream(url);
  return (await stream.until("ready")).data.head;
}

function newDatabase(): string {
  const address = new URL(mongo?.uri ?? "");
  address.pathname = `jobmon-${randomUUID()}`;
  return address.href;
}

async function start(env: Record<string, string>): Promise<RunningServer> {
  const server = await startServer({ env });
  onTestFinished(() => server.stop());
  return server;
}
