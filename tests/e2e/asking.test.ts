import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JobDetail } from "#app/contract/http.ts";
import { findProgram } from "../setup/engines/with-program.ts";
import { startRedis } from "../support/start-redis.ts";
import { startEngines } from "./support/engines.ts";
import { awaitEnd, awaitJob } from "./support/await-job.ts";
import { registerJob, sendCallback } from "./support/jobs.ts";
import { spawnJobmon } from "./support/spawn-jobmon.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";
import { KEY, says, type StandIn, startSecretary, streamOf } from "./stand-in/start-secretary.ts";

const redisServer = findProgram("redis-server");
const CORRUPT = "EOF marker not found: Datei beschädigt";

let secretary: StandIn;
let server: RunningServer;
const { engines, stop } = await startEngines();
afterAll(stop);

describe.for(engines)("on $name", (engine) => {
  const storage = engine.env();
  beforeAll(async () => {
    secretary = await startSecretary();
    server = await startServer({ env: { ...asking(secretary.url), ...storage } });
  });
  afterAll(async () => {
    await server.stop();
    await secretary.stop();
  });

  describe.concurrent("a job that fails without telling", () => {
    it.for([
      ["an error line and 95 %", [failedLine("EOF"), { phase: "postprocessing", progress: 95 }]],
      ["an error line", [failedLine("Mistral OCR nicht erreichbar")]],
      ["a step of its work", [{ phase: "processing", progress: 5 }]],
      ["that it was accepted", []],
    ] as const)("after %s ends with the Secretary's own words", async ([, said]) => {
      const processId = await secretary.process(says.failed(CORRUPT));
      const job = await registerJob(server.url);
      await sendCallback(job, { process: { id: processId } });
      for (const body of said) await sendCallback(job, { ...body, process: { id: processId } });
      const ended = await awaitEnd(server.url, job.jobId);
      expect(ended).toMatchObject({
        status: "failed",
        error: { code: "ProcessingError", message: CORRUPT },
        asked: { answer: "failed" },
      });
      expect(ended.logs.at(-1)).toMatchObject({ source: "asked", level: "error" });
      const asked = ended.deliveries?.find(({ event }) => "source" in event && event.source === "asked");
      expect(asked).toMatchObject({ applied: true, event: { report: { outcome: "failed" } } });
      expect(await sendCallback(job, { progress: 99 })).toMatchObject({
        applied: false,
        reason: "after_final",
      });
    });

    it("without any callback ends as well, by the number of its registration", async () => {
      const processId = await secretary.process(says.failed("Vorlage ohne Text", "ValueError"));
      const job = await registerJob(server.url, { processId });
      expect(await awaitEnd(server.url, job.jobId)).toMatchObject({
        status: "failed",
        error: { code: "ValueError", message: "Vorlage ohne Text" },
      });
    });
  });

  describe.concurrent("a silent job", () => {
    it("that is alive is not given up, however long it takes", async () => {
      const processId = await secretary.process(says.running(42));
      const job = await registerJob(server.url, { timeoutSeconds: 3 });
      await sendCallback(job, { progress: 40, process: { id: processId } });
      const asked = await awaitJob(server.url, job.jobId, (each) => each.asked !== undefined);
      expect(asked).toMatchObject({
        status: "running",
        progress: 42,
        asked: { answer: "alive", progress: 42 },
      });
      // By then it has been silent for longer than it may.
      await awaitJob(server.url, job.jobId, (each) => (each.asked?.count ?? 0) > 3);
      await secretary.script({ [streamOf(processId)]: [says.completed({ extracted_text: "doch" })] });
      const ended = await awaitEnd(server.url, job.jobId);
      expect(ended).toMatchObject({ status: "completed", result: { text: "doch" } });
      expect(ended.deliveries?.some(({ event }) => event.type === "silence_exceeded")).toBe(false);
    });

    it("that the Secretary does not know is given up, and the message says so", async () => {
      const job = await registerJob(server.url, { processId: `job-${randomUUID()}`, timeoutSeconds: 2 });
      await sendCallback(job, { progress: 40 });
      expect(await awaitEnd(server.url, job.jobId)).toMatchObject({
        status: "failed",
        error: { code: "no_callback", message: "no callback for 2 s (Secretary: Job nicht gefunden)" },
      });
    });

    it.for([
      ["answers 500", { status: 500 }],
      ["sends half an event and is gone", { half: { event: "completed", data: { phase: "completed" } } }],
      ["sends us elsewhere", { redirect: "/elsewhere" }],
      ["says what nobody understands", { events: [{ event: "progress", data: "?" }] }],
      ["says its time is over", { events: [{ event: "timeout", data: { phase: "timeout" } }] }],
    ] as const)("is asked about again when the Secretary %s", async ([, fault]) => {
      const processId = await secretary.process(fault as never, says.failed("doch kaputt"));
      const job = await registerJob(server.url, { processId });
      expect(await awaitEnd(server.url, job.jobId)).toMatchObject({
        status: "failed",
        error: { message: "doch kaputt" },
      });
    });

    it("is asked about again when the Secretary hangs for ten seconds", async () => {
      const processId = await secretary.process({ hang: true }, says.failed("doch kaputt"));
      const job = await registerJob(server.url, { processId });
      expect(await awaitEnd(server.url, job.jobId)).toMatchObject({
        status: "failed",
        error: { message: "doch kaputt" },
      });
    });

    it("is asked about, or followed, by one instance, with Redis or without; by another once that one was killed or has stopped", async () => {
      await using redis = redisServer === undefined ? undefined : await startRedis(redisServer);
      const env: Record<string, string> = {
        ...asking(secretary.url),
        ...engine.env(),
        ...(redis && { REDIS_URL: redis.url }),
        SECRETARY_CHECK_AFTER_SECONDS: "2",
      };
      await using one = await startServer({ env });
      const [alive, heard] = [
        await secretary.process(says.running(10)),
        await secretary.process(says.running(20)),
      ];
      const silent = await registerJob(one.url, { processId: alive });
      const followed = await registerJob(one.url, { processId: heard, follow: true });
      await awaitJob(one.url, silent.jobId, (each) => each.asked !== undefined);
      await awaitJob(one.url, followed.jobId, ({ progress }) => progress === 20);

      const holder = await holderOf(env);
      await using second = engine.isShared ? await startServer({ env }) : undefined;
      const other = second ?? one;
      // Who asks does not change with Redis: the lock is where the jobs are.
      await redis?.kill();
      await awaitJob(other.url, silent.jobId, ({ asked }) => (asked?.count ?? 0) >= 2);
      const isBoth = (await hasAsked(second)) && (await holderOf(env)) === holder;
      expect([await hasAsked(one), isBoth]).toEqual([true, false]);
      await one.kill("SIGKILL");
      await secretary.script({
        [streamOf(alive)]: [says.failed("doch kaputt")],
        [streamOf(heard)]: [says.running(60)],
      });
      if (other === one) await one.restart();
      expect(await awaitEnd(other.url, silent.jobId)).toMatchObject({ error: { message: "doch kaputt" } });
      await awaitJob(other.url, followed.jobId, ({ progress }) => progress === 60);
      expect(await hasAsked(other)).toBe(true);

      expect(await other.kill("SIGTERM")).toBe(0);
      expect(await holderOf(env)).toBeUndefined();
      await one.restart();
      const last = await registerJob(one.url, { processId: await secretary.process(says.failed("Ende")) });
      expect(await awaitEnd(one.url, last.jobId)).toMatchObject({ error: { message: "Ende" } });
    });

    it("whose number is none of the Secretary's is never asked about", async () => {
      const processId = "job-../../../admin";
      const job = await registerJob(server.url, { processId, timeoutSeconds: 1 });
      expect(await awaitEnd(server.url, job.jobId)).toMatchObject({
        error: { message: "no callback for 1 s" },
      });
      const paths = (await secretary.requests()).map(({ path }) => path);
      expect(paths.filter((path) => path.includes("admin") || path === "/elsewhere")).toEqual([]);
    });
  });

  it("a final of which nobody told us, because we were down, is asked for when we are back", async () => {
    const own = await startServer({
      env: { ...asking(secretary.url), ...engine.env(), SECRETARY_CHECK_AFTER_SECONDS: "600" },
    });
    const processId = await secretary.process(says.running(95));
    const job = await registerJob(own.url, { processId });
    await sendCallback(job, { progress: 95 });
    await own.kill("SIGKILL");
    const before = (await secretary.requests(streamOf(processId))).length;
    await secretary.script({ [streamOf(processId)]: [says.completed({ extracted_text: "fertig" })] });
    await own.restart();
    const ended = await awaitEnd(own.url, job.jobId);
    expect(ended).toMatchObject({ status: "completed", result: { text: "fertig" } });
    expect(await secretary.requests(streamOf(processId))).toHaveLength(before + 1);
    await own.stop();
  });

  it("a key that is not taken ends all asking, and is said where an operator looks", async () => {
    const own = await startServer({
      env: { ...asking(secretary.url), ...engine.env(), SECRETARY_API_KEY: "sk-falsch" },
    });
    const [first, second] = [
      await secretary.process(says.running(1)),
      await secretary.process(says.running(1)),
    ];
    await registerJob(own.url, { processId: first });
    const ready = async () => (await fetch(`${own.url}/readyz`)).json();
    await expect.poll(ready).toMatchObject({ status: "ready", parts: { secretary: "refused" } });
    const job = await registerJob(own.url, { processId: second, timeoutSeconds: 1 });
    expect(await awaitEnd(own.url, job.jobId)).toMatchObject({ error: { code: "no_callback" } });
    expect(await secretary.requests(streamOf(second))).toEqual([]);
    const metrics = await (await fetch(`${own.url}/metrics`)).text();
    expect(metrics).toContain('jobmon_secretary_state{state="refused"} 1');
    expect(metrics).toContain('jobmon_secretary_questions_total{outcome="refused"} 1');
    const doctor = spawnJobmon(["doctor", "--url", own.url], {
      cwd: import.meta.dirname,
      env: { LANG: "de_DE.UTF-8" },
    });
    expect(await doctor.exited).toBe(0);
    expect(doctor.stdout()).toContain("⚠ Secretary: nimmt SECRETARY_API_KEY nicht an");
    expect(own.stderr()).toContain("SECRETARY_API_KEY");
    expect(own.stderr()).not.toContain("sk-falsch");
    await own.stop();
  });

  it("a final by callback and by answer at the same instant is one end, over two instances where there are two", async () => {
    const env = { ...asking(secretary.url), ...storage };
    const other = engine.isShared ? await startServer({ env }) : server;
    const ends = await Promise.all(
      [0, 0, 0, 0, 30, 60, 300, 600].map(async (afterMs) => {
        const data = { phase: "completed", data: { extracted_text: "gefragt" } };
        const processId = await secretary.process({ events: [{ event: "completed", data, afterMs }] });
        const job = await registerJob(server.url, { processId });
        while ((await secretary.requests(streamOf(processId))).length === 0) await wait(5);
        const callback_url = job.callback_url.replace(server.url, other.url);
        await sendCallback({ ...job, callback_url }, { ...data, data: { extracted_text: "gemeldet" } });
        await awaitJob(server.url, job.jobId, (each) => finalsOf(each).length === 2);
        return [await awaitEnd(server.url, job.jobId), await awaitEnd(other.url, job.jobId)] as const;
      }),
    );
    for (const [here, there] of ends) {
      const [first, ...rest] = finalsOf(here).filter(({ applied }) => applied);
      expect(rest).toEqual([]);
      const isAsked = first !== undefined && "source" in first.event;
      expect(here).toMatchObject({ status: "completed", result: { text: isAsked ? "gefragt" : "gemeldet" } });
      expect(there).toEqual(here);
    }
    if (other !== server) await other.stop();
  });

  it("the key is in no log, answer or file", async () => {
    const processId = await secretary.process(says.failed(`Bearer ${KEY} abgelehnt`));
    const job = await registerJob(server.url, { processId });
    const ended = await awaitEnd(server.url, job.jobId);
    expect(ended.error?.message).toBe("Bearer [redacted] abgelehnt");
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    for (const text of [JSON.stringify(ended), metrics, server.stderr(), server.stdout()]) {
      expect(text).not.toContain(KEY);
    }
    const found = execFileSync("sh", ["-c", 'grep -rlaF -e "$1" "$2" || true', "sh", KEY, server.dataDir]);
    expect(found.toString()).toBe("");
  });
});

function asking(url: string): Record<string, string> {
  return {
    SECRETARY_URL: url,
    SECRETARY_API_KEY: KEY,
    SECRETARY_CHECK_AFTER_SECONDS: "0.5",
    SECRETARY_CONCURRENCY: "32",
    WATCHDOG_SECONDS: "0.2",
  };
}

function failedLine(message: string) {
  return { phase: "failed", message: `Fehler bei der Verarbeitung: ${message}` };
}

/** Whether this instance has put a question. */
async function hasAsked(instance: RunningServer | undefined): Promise<boolean> {
  const metrics = instance && (await (await fetch(`${instance.url}/metrics`)).text());
  return metrics?.includes("\njobmon_secretary_questions_total{") ?? false;
}

/** Who asks, as several instances know it by their database. */
async function holderOf({ MONGODB_URI }: Record<string, string>): Promise<string | undefined> {
  if (MONGODB_URI === undefined) return undefined;
  const client = await MongoClient.connect(MONGODB_URI);
  try {
    const locks = client.db().collection<{ _id: string; holder: string }>("external_job_locks");
    return (await locks.findOne({ _id: "secretary" }))?.holder;
  } finally {
    await client.close();
  }
}

/** What was said of the job's end, applied or not. */
function finalsOf({ deliveries = [] }: JobDetail) {
  return deliveries.filter(({ event }) => event.type === "callback_received" && event.report.outcome);
}
