import { mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { registerJob, sendCallback } from "./support/jobs.ts";
import { readStream } from "./support/read-stream.ts";
import { spawnJobmon, temporaryFolder } from "./support/spawn-jobmon.ts";
import { startServer } from "./support/start-server.ts";

it("jobmon restored makes every viewer with an old cursor reload, and nothing else does", async () => {
  await using server = await startServer();
  const job = await registerJob(server.url);
  const cursor = await readHead(server.url);
  await sendCallback(job, { progress: 42 });
  await server.kill();

  await server.restart();
  expect(await eventsAfter(server.url, cursor)).toEqual(["job_update", "ready"]);
  await server.kill();

  expect(await runRestored(server.dataDir)).toEqual({
    code: 0,
    stdout: `${server.dataDir} gilt als wiederhergestellt: 1 Nutzer lädt seine Liste neu\n`,
    stderr: "",
  });
  await server.restart();
  expect(await eventsAfter(server.url, cursor)).toEqual(["reset", "ready"]);
  const fresh = await readHead(server.url);
  await sendCallback(job, { progress: 43 });
  expect(await eventsAfter(server.url, fresh)).toEqual(["job_update", "ready"]);
});

it("jobmon restored leaves a folder alone that a server has", async () => {
  await using server = await startServer();
  const cursor = await readHead(server.url);
  const { code, stdout, stderr } = await runRestored(server.dataDir);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^jobmon: The data folder .* is in use by another jobmon\. Stop that process first/);
  await server.kill();
  await server.restart();
  expect(await eventsAfter(server.url, cursor)).toEqual(["ready"]);
});

it("jobmon restored creates nothing where there are no jobs", async () => {
  await using folder = await temporaryFolder();
  const dataDir = join(folder.path, "data");
  await mkdir(dataDir);
  expect(await runRestored(dataDir)).toEqual({
    code: 2,
    stdout: "",
    stderr: `jobmon: The folder ${dataDir} holds no jobs. Name the data folder with JOBMON_DATA_DIR or --data-dir.\n`,
  });
  expect(await readdir(dataDir)).toEqual([]);
});

async function runRestored(dataDir: string) {
  const { exited, stdout, stderr } = spawnJobmon(["restored", "--data-dir", dataDir], {
    cwd: dirname(dataDir),
  });
  return { code: await exited, stdout: stdout(), stderr: stderr() };
}

async function readHead(url: string): Promise<string> {
  using stream = await readStream(url);
  return (await stream.until("ready")).data.head;
}

async function eventsAfter(url: string, after: string): Promise<string[]> {
  using stream = await readStream(url, { after });
  await stream.until("ready");
  return stream.seen.map(({ event }) => event);
}
