import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEngines } from "./support/engines.ts";
import { awaitEnd, awaitJob } from "./support/await-job.ts";
import { postJson, registerJob, sendCallback } from "./support/jobs.ts";
import { spawnJobmon, temporaryFolder } from "./support/spawn-jobmon.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";
import type { Answer } from "./stand-in/script.ts";
import { KEY, says, type StandIn, startSecretary, streamOf } from "./stand-in/start-secretary.ts";

let secretary: StandIn;
let server: RunningServer;
const { engines, stop } = await startEngines();
afterAll(stop);

describe.for(engines)("on $name", (engine) => {
  beforeAll(async () => {
    secretary = await startSecretary();
    const env = {
      ...engine.env(),
      SECRETARY_URL: secretary.url,
      SECRETARY_API_KEY: KEY,
      SECRETARY_CHECK_AFTER_SECONDS: "600",
    };
    server = await startServer({ env });
  });
  afterAll(async () => {
    await server.stop();
    await secretary.stop();
  });

  describe.concurrent("a job that is followed", () => {
    it("looks like any other, from its beginning to its result", async () => {
      const processId = await secretary.process({
        events: [
          { event: "pending", data: { phase: "pending", message: "Wartet", data: { progress: 0 } } },
          progress(40),
          { ...progress(80), afterMs: 300 },
          {
            event: "completed",
            data: { phase: "completed", message: "Fertig", data: { extracted_text: "Text" } },
          },
        ],
      });
      const job = await registerJob(server.url, { processId, follow: true });
      const ended = await awaitEnd(server.url, job.jobId);
      expect(ended).toMatchObject({ status: "completed", progress: 100, result: { text: "Text" } });
      const heard = ended.deliveries?.map(({ event }) => "source" in event && event.source);
      expect(heard).toEqual(["followed", "followed", "followed", "followed", false]);
      expect(await secretary.requests(streamOf(processId))).toHaveLength(1);
    });

    it("is followed on when its stream is over after 300 s, breaks or is cut in an event", async () => {
      const timeout = { event: "timeout", data: { phase: "timeout" } };
      const half: Answer = { half: progress(60) };
      const processId = await secretary.process(
        { events: [progress(20), timeout] },
        { events: [progress(20), progress(50)], end: "cut" },
        half,
        says.failed("am Ende"),
      );
      const job = await registerJob(server.url, { processId, follow: true });
      const ended = await awaitEnd(server.url, job.jobId);
      expect(ended).toMatchObject({ status: "failed", progress: 50, error: { message: "am Ende" } });
      expect(await secretary.requests(streamOf(processId))).toHaveLength(4);
    });

    it("that the Secretary does not know is not taken for ended", async () => {
      const job = await registerJob(server.url, {
        processId: `job-${randomUUID()}`,
        follow: true,
        timeoutSeconds: 600,
      });
      const asked = await awaitJob(server.url, job.jobId, (each) => each.asked !== undefined);
      expect(asked).toMatchObject({ status: "queued", asked: { answer: "unknown" } });
    });

    it("needs the number of its process", async () => {
      const answer = await postJson(`${server.url}/api/external/jobs`, {
        title: "x",
        processId: "p",
        follow: true,
      });
      expect([answer.status, (await answer.json()).error.field]).toEqual([422, "processId"]);
    });
  });

  it("is registered, shown and waited for by `jobmon follow`, with the exit code of its end", async () => {
    const [done, failing] = await Promise.all([
      secretary.process({ events: [progress(40), ending("Fertig")] }),
      secretary.process(says.failed("Datei beschädigt")),
    ]);
    await using folder = await temporaryFolder();
    const follow = (processId: string, ...more: string[]) =>
      spawnJobmon(["follow", processId, ...more], {
        cwd: folder.path,
        env: { JOBMON_URL: server.url, LANG: "de_DE.UTF-8" },
      });
    const good = follow(done, "--title", "Aus der Ferne.pdf");
    expect([await good.exited, good.stderr()]).toEqual([0, expect.anything()]);
    const api = await fetch(`${server.url}/api/external/jobs?q=Aus+der+Ferne`);
    expect(await api.json()).toMatchObject({ items: [{ status: "completed", title: "Aus der Ferne.pdf" }] });
    const bad = follow(failing);
    expect(await bad.exited).toBe(3);
    expect(bad.stdout() + bad.stderr()).toContain("Datei beschädigt");
    expect(await follow("job-1").exited).not.toBe(0);
  });

  it("is followed again after a restart, and left when a callback ends it", async () => {
    const processId = await secretary.process(says.running(10), says.running(30));
    const job = await registerJob(server.url, { processId, follow: true });
    await awaitJob(server.url, job.jobId, (each) => each.progress === 10);
    await server.kill("SIGKILL");
    await server.restart();
    await awaitJob(server.url, job.jobId, (each) => each.progress === 30);
    const answer = await sendCallback(job, { phase: "completed", data: { extracted_text: "selbst" } });
    expect(answer).toMatchObject({ applied: true, status: "completed" });
  });
});

function progress(percent: number) {
  return {
    event: "progress",
    data: { phase: "running", message: `${percent} %`, data: { progress: percent } },
  };
}

function ending(message: string) {
  return { event: "completed", data: { phase: "completed", message, data: { extracted_text: "Text" } } };
}
