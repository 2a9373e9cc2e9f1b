import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeZip } from "../support/make-zip.ts";
import { startEngines } from "./support/engines.ts";
import { awaitEnd, awaitJob } from "./support/await-job.ts";
import { postJson, readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { readMetric } from "./support/read-metric.ts";
import { readStream } from "./support/read-stream.ts";
import { spawnJobmon, temporaryFolder } from "./support/spawn-jobmon.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";
import type { Answer } from "./stand-in/script.ts";
import { KEY, says, type StandIn, startSecretary, streamOf } from "./stand-in/start-secretary.ts";

const ZIP = makeZip([{ name: "seite-1.png", data: Buffer.from("Bild") }]);

let secretary: StandIn;
let server: RunningServer;
const { engines, stop } = await startEngines();
afterAll(stop);

describe.for(engines)("on $name", (engine) => {
  beforeAll(async () => {
    secretary = await startSecretary();
    server = await startServer({
      env: {
        ...engine.env(),
        SECRETARY_URL: secretary.url,
        SECRETARY_API_KEY: KEY,
        SECRETARY_CHECK_AFTER_SECONDS: "0.5",
        SECRETARY_CONCURRENCY: "16",
        ARTIFACT_WAIT_SECONDS: "10",
        LIMIT_ARTIFACT_MB: "1",
      },
    });
  });
  afterAll(async () => {
    await server.stop();
    await secretary.stop();
  });

  it.concurrent("the files of a final are listed, saved and fetched again by `jobmon artifacts`", async () => {
    const jobId = await completed({
      images_archive_url: [file(ZIP)],
      raw_url: [{ status: 500 }],
    });
    await awaitEnd(server.url, jobId);
    await using folder = await temporaryFolder();
    const artifacts = async (...args: string[]) => {
      const env = { JOBMON_URL: server.url, LANG: "en_US.UTF-8" };
      const jobmon = spawnJobmon(["artifacts", jobId, ...args], { cwd: folder.path, env });
      return { code: await jobmon.exited, stdout: jobmon.stdout(), stderr: jobmon.stderr() };
    };
    const listed = await artifacts("--save", "saved");
    expect(listed).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/images-archive\.zip .*application\/zip/),
    });
    expect(listed.stdout).toMatch(/^raw missing/m);
    expect(await readFile(join(folder.path, "saved/images-archive.zip"))).toEqual(Buffer.from(ZIP));
    expect((await artifacts("--fetch")).code).toBe(0);
    expect(await artifacts("-o", "json")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('"artifacts"'),
    });
  });

  describe.concurrent("the files of a final", () => {
    it("come home, told as they come, and their owner downloads them", async () => {
      using stream = await readStream(server.url);
      await stream.until("ready");
      const job = await completed({
        images_archive_url: [file(ZIP)],
        markdown_url: [{ status: 202, body: { status: "processing" } }, file("# Bericht\n")],
      });
      const { data } = await stream.until(
        "job_update",
        ({ data: each }) => each.jobId === job && each.fetching !== undefined,
      );
      expect(data).toMatchObject({ status: "pending-storage", fetching: { total: 2 } });
      const ended = await awaitEnd(server.url, job);
      expect(ended).toMatchObject({
        status: "completed",
        progress: 100,
        result: { text: "Text", links: [] },
      });
      expect(ended).not.toHaveProperty("fetching");
      expect(ended.artifacts).toMatchObject([
        { name: "images-archive.zip", type: "application/zip", size: ZIP.byteLength },
        { name: "markdown.md", type: "text/markdown", size: 10 },
      ]);
      const download = await fetch(`${server.url}${ended.artifacts[0]?.url}`);
      expect(new Uint8Array(await download.arrayBuffer())).toEqual(ZIP);
      expect(download.headers.get("Content-Disposition")).toMatch(/^attachment/);
    });

    it("that are not there are told as such, and the job completes", async () => {
      const ended = await awaitEnd(
        server.url,
        await completed({ archive_url: [{ status: 400 }], raw_url: [{ status: 404 }] }),
      );
      expect(ended).toMatchObject({
        status: "completed",
        artifacts: [],
        files: [
          { name: "archive", state: "none" },
          { name: "raw", state: "none" },
        ],
      });
    });

    it("that break off are fetched again from the beginning", async () => {
      const bytes = Buffer.alloc(200_000, "x");
      const ended = await awaitEnd(
        server.url,
        await completed({ raw_url: [{ ...file(bytes), cutAfter: 70_000 }, file(bytes)] }),
      );
      expect(ended.artifacts).toMatchObject([{ name: "raw.txt", type: "text/plain", size: 200_000 }]);
    });

    it("that cannot be had leave the text, are named, and are fetched once more when somebody asks", async () => {
      const path = pathOf();
      await secretary.script({ [path]: [{ status: 500 }] });
      const { jobId, ...job } = await registerJob(server.url);
      await sendCallback(job, { phase: "completed", data: { extracted_text: "Text", raw_url: path } });
      const ended = await awaitEnd(server.url, jobId);
      const fault = { code: "broken", detail: "HTTP 500" };
      expect(ended).toMatchObject({
        status: "completed",
        result: { text: "Text" },
        files: [{ name: "raw", state: "missing", fault }],
      });
      await secretary.script({ [path]: [file("{}")] });
      const again = await postJson(`${server.url}/api/external/jobs/${jobId}/artifacts`, {});
      expect([again.status, await again.json()]).toEqual([202, { fetching: { done: 0, total: 1 } }]);
      const came = await awaitJob(server.url, jobId, ({ artifacts }) => artifacts.length > 0);
      expect(came).toMatchObject({ status: "completed", artifacts: [{ name: "raw.json" }] });
      const none = await postJson(`${server.url}/api/external/jobs/${jobId}/artifacts`, {});
      expect(none.status).toBe(409);
    });

    it("that are too large, or archives that harm, are not kept", async () => {
      const hostile = makeZip([{ name: "../../etc/passwd", data: Buffer.from("x") }]);
      const ended = await awaitEnd(
        server.url,
        await completed({ large_url: [file(Buffer.alloc(1_100_000))], images_url: [file(hostile)] }),
      );
      expect(ended).toMatchObject({ status: "completed", artifacts: [] });
      expect(ended.files).toMatchObject([
        { name: "large", state: "missing", fault: { code: "too_large" } },
        { name: "images-2", state: "missing", fault: { code: "unsafe" } },
      ]);
    });

    it("are stored under names of ours, whatever their sender calls them", async () => {
      const headers = { "Content-Disposition": 'attachment; filename="../../x.sh"' };
      const link = "..%2F../Größe \u0000<b>_url";
      const ended = await awaitEnd(
        server.url,
        await completed({ [link]: [{ ...file("%PDF-1.7"), headers }] }),
      );
      expect(ended.artifacts).toMatchObject([{ name: "2f-gr-e-b.pdf", type: "application/pdf" }]);
    });

    it("elsewhere than at the Secretary are left where they are", async () => {
      const links = {
        other_url: `${server.url}/healthz`,
        slashes_url: "//127.0.0.1:1/x",
        mail_url: "mailto:a@b",
      };
      const job = await registerJob(server.url);
      const answer = await sendCallback(job, {
        phase: "completed",
        data: { extracted_text: "Text", ...links },
      });
      expect(answer).toMatchObject({ status: "completed" });
      expect((await readJob(server.url, job.jobId)).result?.links).toHaveLength(3);
    });

    it("of a job that failed are fetched while the failure is shown", async () => {
      const path = pathOf();
      await secretary.script({ [path]: [{ status: 202 }, file("{}")] });
      const job = await registerJob(server.url);
      const error = { code: "DocumentTooLarge", message: "zu groß" };
      const answer = await sendCallback(job, { phase: "error", error, data: { raw_url: path } });
      expect(answer.status).toBe("failed");
      const came = await awaitJob(server.url, job.jobId, ({ artifacts }) => artifacts.length > 0);
      expect(came).toMatchObject({ status: "failed", artifacts: [{ name: "raw.json" }] });
    });
  });

  describe.concurrent("a transformer's final, which is empty", () => {
    it("is shown as completed when its result has been fetched, with the files it leads to", async () => {
      const path = pathOf();
      await secretary.script({ [path]: [file("# Vorlage")] });
      const stored = {
        status: "success",
        request: { processor: "transformer" },
        process: { id: "x" },
        error: null,
        data: { extracted_text: "Aus der Vorlage", markdown_url: path },
      };
      const processId = await secretary.process(says.running(95), says.completed(stored));
      const job = await registerJob(server.url);
      const body = { phase: "completed", message: "Template-Transformation abgeschlossen", data: {} };
      const answer = await sendCallback(job, { ...body, process: { id: processId } });
      expect(answer.status).toBe("pending-storage");
      const ended = await awaitEnd(server.url, job.jobId);
      expect(ended).toMatchObject({ status: "completed", result: { text: "Aus der Vorlage" } });
      expect(ended.artifacts).toMatchObject([{ name: "markdown.md" }]);
      expect(await secretary.requests(streamOf(processId))).toHaveLength(2);
    });

    it("completes without one where there is none", async () => {
      const processId = await secretary.process(says.completed({}));
      // Its number comes with the final, so that nobody asks before.
      const job = await registerJob(server.url);
      await sendCallback(job, { phase: "completed", data: {}, process: { id: processId } });
      expect(await awaitEnd(server.url, job.jobId)).toMatchObject({
        status: "completed",
        files: [{ kind: "result", state: "none" }],
      });
    });
  });

  it("what was being fetched when the process was killed is fetched after its restart", async () => {
    const path = pathOf();
    await secretary.script({ [path]: [{ hang: true }, file(ZIP)] });
    const job = await registerJob(server.url);
    await sendCallback(job, { phase: "completed", data: { extracted_text: "Text", archive_url: path } });
    await expect.poll(() => secretary.requests(path)).toHaveLength(1);
    await server.kill("SIGKILL");
    await server.restart();
    const ended = await awaitEnd(server.url, job.jobId);
    expect(ended).toMatchObject({ status: "completed", artifacts: [{ name: "archive.zip" }] });
  });

  it("counts what came of them", async () => {
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/^jobmon_secretary_files_total\{outcome="stored"\} [1-9]/m);
    await expect.poll(() => readMetric(server.url, "jobmon_secretary_files_waiting")).toBe(0);
  });
});

/** A job whose final has links that are answered like this. */
async function completed(links: Record<string, Answer[]>): Promise<string> {
  const data: Record<string, string> = { extracted_text: "Text" };
  for (const [link, answers] of Object.entries(links)) {
    data[link] = pathOf();
    await secretary.script({ [data[link]]: answers });
  }
  const job = await registerJob(server.url);
  const answer = await sendCallback(job, { phase: "completed", message: "Fertig", data });
  expect(answer.status).toBe("pending-storage");
  return job.jobId;
}

let paths = 0;
function pathOf(): string {
  return `/api/files/${(paths += 1)}`;
}

function file(content: string | Uint8Array) {
  return { file: Buffer.from(content).toString("base64") };
}
