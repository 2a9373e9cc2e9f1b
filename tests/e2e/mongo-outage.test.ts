import { randomUUID } from "node:crypto";
import { MongoNetworkError } from "mongodb";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import type { Registered } from "#app/contract/http.ts";
import { createLog } from "#app/server/log.server.ts";
import { connectMongo } from "#app/server/mongo/connect-mongo.server.ts";
import type { Mongod } from "../support/start-mongod.ts";
import { type ReplicaSet, startReplicaSet } from "../support/start-replica-set.ts";
import { withMongo } from "../support/with-mongo.ts";
import { postJson, readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { usePanels } from "./support/panels.ts";
import { readStream } from "./support/read-stream.ts";
import { spawnJobmon, temporaryFolder } from "./support/spawn-jobmon.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

/** Quick to notice that a database is away, and that it is back. */
const QUICK = "socketTimeoutMS=1000&serverSelectionTimeoutMS=500&heartbeatFrequencyMS=500";

const LARGE = "ä".repeat(300_000);
const COMMANDS = ["find", "insert", "update", "delete", "findAndModify", "aggregate", "commitTransaction"];

const { openPanel } = usePanels();

withMongo(() => {
  let set: ReplicaSet;
  let member: Mongod;
  let server: RunningServer;
  beforeAll(async () => {
    set = await startReplicaSet(1);
    member = await set.primary();
    server = await startServer({ env: { MONGODB_URI: address(set), HEARTBEAT_SECONDS: "0.5" } });
    return async () => {
      await server.stop();
      await set.stop();
    };
  });

  it.each([
    { is: "dead", away: () => member.kill(), back: () => member.restart() },
    { is: "hanging", away: () => member.pause(), back: () => member.resume() },
  ])(
    "while MongoDB is $is callbacks are answered 503, streams stay and say degraded, and so does the panel; its return mends all of it",
    async ({ away, back }) => {
      const job = await registerJob(server.url);
      await sendCallback(job, { progress: 1 });
      using stream = await readStream(server.url);
      await stream.until("ready");
      const { panel } = await openPanel(server.url);
      const badge = panel.getByRole("button", { name: "Live · eingeschränkt" });

      await away();
      onTestFinished(() => member.resume());
      const refused = await report(job, { progress: 2 });
      expect(refused.status).toBe(503);
      expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
      expect((await fetch(`${server.url}/api/external/jobs`)).status).toBe(503);
      await stream.until("heartbeat", ({ data }) => data.degraded === true);
      using another = await readStream(server.url);
      expect(await another.until("ready")).toMatchObject({ data: { degraded: true } });
      await badge.focus();
      await panel.getByText(/^Seit \d\d:\d\d erfährt der Server selbst nicht alles/).waitFor();

      await back();
      await expect.poll(async () => (await report(job, { progress: 50 })).status).toBe(200);
      await stream.until("job_update", ({ data }) => data.progress === 50);
      await stream.until("heartbeat", ({ data }) => data.degraded !== true);
      await panel.getByText("Live", { exact: true }).waitFor();
      await badge.waitFor({ state: "detached" });
      expect(await readJob(server.url, job.jobId)).toMatchObject({ progress: 50 });
    },
  );

  it.each([
    ["closes the connection", { closeConnection: true }],
    ["is no primary any more", { errorCode: 10_107 }],
    ["was interrupted by an election", { errorCode: 11_602 }],
    ["has a conflict", { errorCode: 112 }],
    ["cannot say whether the majority has it", { writeConcernError: { code: 91, errmsg: "shutting down" } }],
  ])(
    "whatever is asked of a MongoDB that %s, the answer is 503, or what is right; never 500",
    async (_, fault) => {
      const [job, ended] = [await registerJob(server.url), await registerJob(server.url)];
      await sendCallback(ended, { phase: "completed", data: { extracted_text: LARGE } });
      const data = { failCommands: COMMANDS, appName: "jobmon", ...fault };
      const failing = (mode: string) => set.command({ configureFailPoint: "failCommand", mode, data });
      onTestFinished(async () => void (await failing("off")));
      await failing("alwaysOn");
      const jobs = `${server.url}/api/external/jobs`;
      const answers = await Promise.all([
        report(job, { progress: 2 }),
        report(ended, { progress: 3 }),
        report(job, { phase: "completed", data: { extracted_text: "kurz" } }),
        postJson(jobs, { title: "Bericht.pdf" }, { "Idempotency-Key": randomUUID() }),
        postJson(`${jobs}/${job.jobId}/cancel`, {}),
        fetch(jobs),
        fetch(`${jobs}/${ended.jobId}?deliveries=10`),
        fetch(`${jobs}/${ended.jobId}/result`),
        fetch(`${jobs}/${ended.jobId}`, { method: "DELETE" }),
      ]);
      const statuses = answers.map(({ status }) => status);
      expect(statuses).toContain(503);
      expect(statuses).not.toContain(500);
    },
  );

  it("a write that no buffer has room for comes to an end while MongoDB hangs", async () => {
    const mongo = await connectMongo({ uri: address(set), timeoutMs: 10_000, log: createLog("silent") });
    onTestFinished(() => mongo.close());
    const collection = mongo.db.collection("large");
    await collection.insertOne({});
    member.pause();
    onTestFinished(() => member.resume());
    const writing = collection.insertOne({ text: "x".repeat(15_000_000) });
    await expect(writing).rejects.toBeInstanceOf(MongoNetworkError);
  });

  it("a start waits for its indexes, however long they take, and says so", async () => {
    const uri = address(set);
    const mongo = await connectMongo({ uri, timeoutMs: 10_000, log: createLog("silent") });
    onTestFinished(() => mongo.close());
    await mongo.db.collection("external_jobs").insertOne({});
    const hanging = "hangAfterStartingIndexBuild";
    await set.command({ configureFailPoint: hanging, mode: "alwaysOn" });
    onTestFinished(async () => void (await set.command({ configureFailPoint: hanging, mode: "off" })));

    await using folder = await temporaryFolder();
    const env = { MONGODB_URI: uri, STARTUP_TIMEOUT_SECONDS: "1" };
    const jobmon = spawnJobmon(["serve", "--port", "0"], { cwd: folder.path, env });
    onTestFinished(async () => void (await jobmon.kill("SIGKILL")));
    await jobmon.waitFor(/"seconds":3,"msg":"the database makes its indexes/, "stderr");
    await set.command({ configureFailPoint: hanging, mode: "off" });
    const [, url = ""] = await jobmon.waitFor(/listening on (\S+)/);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});

/** A database of its own. */
function address({ uri }: ReplicaSet): string {
  return `${uri.replace("/jobmon?", `/jobmon-${randomUUID()}?`)}&${QUICK}`;
}

function report(job: Registered, body: unknown): Promise<Response> {
  return postJson(job.callback_url, body, { Authorization: `Bearer ${job.callback_token}` });
}
