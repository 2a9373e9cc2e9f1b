import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Registered } from "#app/contract/http.ts";
import { audit } from "#app/server/storage/audit-storage.server.ts";
import { SOUND_ARCHIVE } from "../properties/dialogues.ts";
import { postJson, readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { readStream } from "./support/read-stream.ts";
import { temporaryFolder } from "./support/spawn-jobmon.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const DIE_AT = new URL("support/die-at.mjs", import.meta.url).href;

const progress = { phase: "processing", progress: 40, message: "Seite 4/10" };
const final = { phase: "completed", message: "fertig", data: { extracted_text: "der ganze Text" } };
const finalWithFiles = { ...final, images_archive_data: SOUND_ARCHIVE };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let job: Registered;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  await server.stop();
  await folder.remove();
});

describe("kill -9 before a callback is written", () => {
  it.each(["before the transaction", "after the transaction", "before the commit"])(
    "%s: it was not acknowledged, nothing of it is there, and it can be sent again",
    async (point) => {
      await killed(point, progress);
      expect(await readJob(server.url, job.jobId)).toMatchObject({
        status: "running",
        revision: 1,
        logCount: 1,
      });
      expect(await sendCallback(job, progress)).toMatchObject({ applied: true, revision: 2 });
      await expectSoundFolder();
    },
  );
});

describe("kill -9 after a callback is written, and before anybody was told", () => {
  it.each(["after the commit", "before the answer", "during the answer"])(
    "%s: it is there once, a viewer who comes back gets it, and sent again it is a duplicate",
    async (point) => {
      const { cursor } = await killed(point, progress);
      expect(await readJob(server.url, job.jobId)).toMatchObject({ progress: 40, revision: 2, logCount: 2 });
      using resumed = await readStream(server.url, { after: cursor });
      await resumed.until("ready");
      expect(resumed.seen.map(({ event, data }) => [event, "revision" in data && data.revision])).toEqual([
        ["job_update", 2],
        ["ready", false],
      ]);
      expect(await report(progress)).toMatchObject({ applied: false, reason: "duplicate", revision: 2 });
      await expectSoundFolder();
    },
  );

  it("a final that was not acknowledged is there all the same, with its result", async () => {
    await killed("after the commit", final);
    expect(await readJob(server.url, job.jobId)).toMatchObject({
      status: "completed",
      result: { text: "der ganze Text" },
    });
    expect(await report(final)).toMatchObject({ applied: false, status: "completed" });
    await expectSoundFolder();
  });
});

describe("kill -9 while the result of a final is written", () => {
  it.each(["before the file's name", "after the file's name"])(
    "%s: the job still runs, and the final sent again ends it",
    async (point) => {
      await killed(point, final);
      expect(await readJob(server.url, job.jobId)).toMatchObject({ status: "running", revision: 1 });
      expect(await sendCallback(job, final)).toMatchObject({ applied: true, status: "completed" });
      expect(await readJob(server.url, job.jobId)).toMatchObject({ result: { text: "der ganze Text" } });
      await expectSoundFolder();
    },
  );
});

describe("kill -9 while the files of an acknowledged final are stored", () => {
  it.each(["before the archive's new name", "after the archive's new name"])(
    "%s: the job ends by itself after the start",
    async (point) => {
      await killed(point, finalWithFiles, { isAcknowledged: true });
      await expect
        .poll(() => readJob(server.url, job.jobId))
        .toMatchObject({
          status: "completed",
          progress: 100,
          revision: 3,
          artifacts: [{ name: "images.zip", size: Buffer.from(SOUND_ARCHIVE, "base64").length }],
          result: { text: "der ganze Text" },
        });
      expect(await report(finalWithFiles)).toMatchObject({ applied: false, status: "completed" });
      await expectSoundFolder();
    },
  );
});

/**
 * A job that reported once, and a server that is killed at the point by this next callback and started again. The
 * cursor is that of a viewer who saw all but the last.
 */
async function killed(
  point: string,
  body: object,
  { isAcknowledged = false } = {},
): Promise<{ cursor: string }> {
  const armed = join(folder.path, "armed");
  server = await startServer({ env: { NODE_OPTIONS: `--import=${DIE_AT}`, DIE_AT: point, DIE_WHEN: armed } });
  job = await registerJob(server.url);
  await sendCallback(job, { phase: "initializing", message: "los" });
  using stream = await readStream(server.url);
  const { data } = await stream.until("ready");
  await writeFile(armed, "");
  const answered = await report(body).catch(() => undefined);
  expect(await server.exited()).toBe("SIGKILL");
  if (!isAcknowledged) expect(answered).toBeUndefined();
  await server.restart();
  return { cursor: data.head };
}

/** Sends it with a key, as whoever wants to send it again does. */
async function report(body: object) {
  const headers = { "X-Callback-Token": job.callback_token, "Idempotency-Key": "delivery-2" };
  return (await postJson(job.callback_url, body, headers)).json();
}

async function expectSoundFolder(): Promise<void> {
  await server.kill("SIGKILL");
  expect(await audit({ dataDir: server.dataDir })).toMatchObject({ kind: "audited", report: { faults: [] } });
}
