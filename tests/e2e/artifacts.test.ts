import { mkdir, readdir, rename, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JobDetail, Registered } from "#app/contract/http.ts";
import { jobResultSchema } from "#app/contract/job.ts";
import { makeZip, type ZipEntry } from "../support/make-zip.ts";
import { readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { readStream } from "./support/read-stream.ts";
import { spawnJobmon } from "./support/spawn-jobmon.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const MEGABYTE = 1024 * 1024;
const PICTURE = { name: "seite-1.png", data: new TextEncoder().encode("kein echtes Bild") };
const SOUND = makeZip([PICTURE]);

let server: RunningServer;
let job: Registered;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  job = await registerJob(server.url, { title: 'Jahres"bericht\r\nÜbersicht.pdf' });
});

describe("a final that brings files", () => {
  it("is durable at once as pending-storage, and ends completed by itself; the archive comes back as it was", async () => {
    using stream = await readStream(server.url);
    await stream.until("ready");
    expect(await send(SOUND)).toMatchObject({ applied: true, status: "pending-storage" });
    await stream.until("job_update", ({ data }) => data.status === "pending-storage");
    const { data } = await stream.until("job_update", ({ data: { status } }) => status === "completed");
    expect(data).toMatchObject({ jobId: job.jobId, progress: 100, finishedAt: expect.any(String) });

    const { artifacts } = await ended();
    expect(artifacts).toEqual([
      {
        name: "images.zip",
        type: "application/zip",
        size: SOUND.length,
        url: `/api/external/jobs/${job.jobId}/artifacts/images.zip`,
      },
    ]);
    const answer = await fetch(server.url + artifacts[0]?.url);
    expect(answer.headers.get("Content-Type")).toBe("application/zip");
    expectSafe(answer, "images.zip");
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(SOUND);
  });

  it("does not take words of its worker any more while its files are stored", async () => {
    await send(SOUND);
    expect(await sendCallback(job, { progress: 5 })).toMatchObject({ applied: false, reason: "after_final" });
    expect(await sendCallback(job, { error: "doch nicht" })).toMatchObject({ applied: false });
    expect(await ended()).toMatchObject({ status: "completed" });
  });

  it("and says that it failed stays failed, with its files and its text", async () => {
    const error = { code: "PartlyDone", message: "nur die Hälfte" };
    await sendCallback(job, { ...finalWith(SOUND), phase: "error", error });
    expect(await ended()).toMatchObject({
      status: "failed",
      error,
      result: { text: "der ganze Text" },
      artifacts: [{ name: "images.zip" }],
    });
  });
});

it.each(["", null])("a final whose archive is %j brings no files and ends at once", async (archive) => {
  const answer = await sendCallback(job, { ...finalWith(SOUND), images_archive_data: archive });
  expect(answer).toMatchObject({ applied: true, status: "completed" });
});

describe("an archive that cannot be kept fails the job, and keeps its text:", () => {
  const many = Array.from({ length: 2_001 }, (_, n): ZipEntry => ({ name: `${n}`, data: new Uint8Array() }));
  it.each<[string, Uint8Array | string, RegExp]>([
    ["no ZIP at all", new TextEncoder().encode("kein Archiv"), /not a sound ZIP/],
    ["one that is cut off", SOUND.subarray(0, -10), /not a sound ZIP/],
    ["one that is damaged", makeZip([{ ...PICTURE, checksum: 1 }]), /damaged/],
    ["one that leaves its folder", makeZip([{ ...PICTURE, name: "../../etc/passwd" }]), /relative path/],
    ["a bomb", makeZip([{ name: "null", data: new Uint8Array(4 * MEGABYTE) }]), /100 times/],
    ["one of too many files", makeZip(many), /2,000/],
    ["an encrypted one", makeZip([{ ...PICTURE, flags: 1 }]), /encrypted/],
    ["one with a link in it", makeZip([{ ...PICTURE, mode: 0o120777 }]), /link/],
    ["what is not base64", "kein base64!", /not base64/],
  ])("%s", async (_, archive, reason) => {
    expect(await sendCallback(job, finalWith(archive))).toMatchObject({ status: "pending-storage" });
    expect(await ended()).toMatchObject({
      status: "failed",
      error: { code: "archive_refused", message: reason },
      result: { text: "der ganze Text" },
      artifacts: [],
    });
    await expect.poll(filesOf).toEqual([expect.stringMatching(/^result-/)]);
  });
});

it("an artifact that cannot be read is answered as a fault of the server, which its log explains, and not cut off", async () => {
  await send(SOUND);
  await ended();
  const path = join(server.dataDir, "artifacts", job.jobId, "images.zip");
  await rename(path, `${path}.away`);
  await mkdir(path);
  const answer = await fetch(`${job.callback_url}/artifacts/images.zip`);
  expect(answer.status).toBe(500);
  expect(await answer.json()).toMatchObject({ error: { code: "internal" } });
  expect(answer.headers.has("Content-Disposition")).toBe(false);
  const requestId = answer.headers.get("X-Request-Id");
  await expect
    .poll(() => server.log().find((line) => line.requestId === requestId))
    .toMatchObject({ status: 500, error: { message: expect.stringContaining("EISDIR") } });
  await rmdir(path);
  await rename(`${path}.away`, path);
});

describe("a result", () => {
  it("is small in the detail, whole at its own address, and never a page", async () => {
    const text = "<script>alert(1)</script>".repeat(10_000);
    await sendCallback(job, { phase: "completed", data: { extracted_text: text, archive_url: "/a/1" } });
    const detail = await readJob(server.url, job.jobId);
    expect(detail).not.toHaveProperty("result");
    expect(detail.resultFile).toMatchObject({ url: `/api/external/jobs/${job.jobId}/result` });
    const answer = await fetch(server.url + detail.resultFile?.url);
    expect(answer.headers.get("Content-Length")).toBe(String(detail.resultFile?.size));
    expect(answer.headers.get("Content-Type")).toMatch(/^application\/json/);
    expectSafe(answer, ".json");
    expect(jobResultSchema.parse(await answer.json())).toEqual({
      text,
      links: [{ name: "archive_url", url: "/a/1" }],
    });
  });

  it.each([
    "/result",
    "/artifacts/images.zip",
    "/artifacts/..%2F..%2Fjobmon.db",
    "/artifacts/%00",
    "/artifacts/result-x.json",
  ])("that is not there is a 404: %s", async (path) => {
    expect((await fetch(job.callback_url + path)).status).toBe(404);
    await sendCallback(job, { phase: "completed" });
    expect((await fetch(job.callback_url + path)).status).toBe(404);
  });

  it("of a staged file is not served under its own name", async () => {
    await send(SOUND);
    await ended();
    for (const name of await filesOf()) {
      const isArtifact = name === "images.zip";
      expect((await fetch(`${job.callback_url}/artifacts/${name}`)).status, name).toBe(
        isArtifact ? 200 : 404,
      );
    }
  });
});

it("a second, different final leaves the files of the first as they are", async () => {
  await send(SOUND);
  await ended();
  const before = await filesOf();
  const other = {
    ...finalWith(makeZip([{ ...PICTURE, name: "anders.png" }])),
    data: { extracted_text: "anders" },
  };
  expect(await sendCallback(job, other)).toMatchObject({ applied: false, reason: "after_final" });
  expect(await filesOf()).toEqual(before);
  expect(await readJob(server.url, job.jobId)).toMatchObject({ result: { text: "der ganze Text" } });
});

it("the same final many times at once is one result and one archive", async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => send(SOUND)));
  expect(answers.filter(({ applied }) => applied)).toHaveLength(1);
  await ended();
  expect(await filesOf()).toEqual(["images.zip", expect.stringMatching(/^result-/)]);
});

it("removing the job removes its files", async () => {
  await send(SOUND);
  await ended();
  expect((await fetch(job.callback_url, { method: "DELETE" })).status).toBe(204);
  expect(await readdir(join(server.dataDir, "artifacts"))).not.toContain(job.jobId);
  expect((await fetch(`${job.callback_url}/result`)).status).toBe(404);
});

it("leaves a data folder in which the audit finds no fault", async () => {
  await server.kill("SIGTERM");
  const audit = spawnJobmon(["audit", "--data-dir", server.dataDir], { cwd: server.dataDir });
  expect([await audit.exited, audit.stdout()]).toEqual([0, expect.stringMatching(/alle wie gespeichert\n$/)]);
});

function finalWith(archive: Uint8Array | string) {
  const encoded = typeof archive === "string" ? archive : Buffer.from(archive).toString("base64");
  return { data: { extracted_text: "der ganze Text" }, images_archive_data: encoded };
}

function send(archive: Uint8Array) {
  return sendCallback(job, finalWith(archive));
}

/** The job once it has ended. */
async function ended(): Promise<JobDetail> {
  await expect.poll(() => readJob(server.url, job.jobId)).toHaveProperty("finishedAt");
  return readJob(server.url, job.jobId);
}

async function filesOf(): Promise<string[]> {
  return (await readdir(join(server.dataDir, "artifacts", job.jobId))).sort();
}

/** What a browser must be told of a file that a worker wrote. */
function expectSafe({ headers, status }: Response, name: string): void {
  expect(status).toBe(200);
  expect(headers.get("Content-Disposition")).toMatch(/^attachment;/);
  expect(headers.get("Content-Disposition")).toContain(name);
  expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
  expect(headers.get("Content-Security-Policy")).toMatch(/default-src 'none'|sandbox/);
}
