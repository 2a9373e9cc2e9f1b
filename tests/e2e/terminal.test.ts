import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { registerJob, sendCallback } from "./support/jobs.ts";
import { awaitStreams } from "./support/read-metric.ts";
import { onTerminal } from "./support/on-terminal.ts";
import { spawnJobmon, temporaryFolder } from "./support/spawn-jobmon.ts";
import { startServer } from "./support/start-server.ts";

test("tail without a terminal prints one line per real change", async () => {
  await using server = await startServer();
  const job = await registerJob(server.url, { title: "Bericht.pdf" });
  const tail = spawnJobmon(["tail", "--url", server.url], { cwd: server.dataDir });
  await tail.waitFor(/\tqueued\t-\t.*\n/);
  await sendCallback(job, { phase: "processing", progress: 42, message: "Seite\t3\nvon 7" });
  await tail.waitFor(/\trunning\t.*\n/);
  await sendCallback(job, {});
  await sendCallback(job, { phase: "completed", message: "Fertig", data: { extracted_text: "x" } });
  await tail.waitFor(/\tcompleted\t.*\n/);
  expect(await tail.kill("SIGTERM")).toBe(143);
  expect(tail.stdout().split("\n").map(withoutTime)).toEqual([
    `queued\t-\t${job.jobId}\tBericht.pdf\t`,
    `running\t42\t${job.jobId}\tBericht.pdf\tSeite 3 von 7`,
    `completed\t100\t${job.jobId}\tBericht.pdf\tFertig`,
    "",
  ]);
  expect(tail.stderr()).toBe("");
});

test("the connection is told on stderr, and in NDJSON only when it is asked for", async () => {
  await using server = await startServer();
  await registerJob(server.url);
  const tail = (...args: string[]) =>
    spawnJobmon(["tail", "--url", server.url, ...args], { cwd: server.dataDir });
  const text = tail();
  const ndjson = tail("-o", "ndjson", "--include-connection");
  await Promise.all([text.waitFor(/queued/), ndjson.waitFor(/"state":"live"/)]);
  await awaitStreams(server.url, 2);
  await server.kill("SIGKILL");
  await Promise.all([text.waitFor(/-- getrennt/, "stderr"), ndjson.waitFor(/"reconnecting"/)]);
  await server.restart();
  await text.waitFor(/-- wieder verbunden, 0 Änderungen nachgeholt --/, "stderr");
  await Promise.all([text.kill(), ndjson.kill()]);
  expect(ndjson.stdout().split("\n").filter(Boolean).map(parse)).toContainEqual({
    type: "connection",
    cursor: expect.any(String),
    state: "reconnecting",
    problem: "unreachable",
    retryInMs: expect.any(Number),
  });
});

test("on a terminal what is over stays above and what runs is redrawn below", async () => {
  await using server = await startServer();
  const over = await registerJob(server.url, { title: "Lieferschein 4711.pdf" });
  await sendCallback(over, { phase: "completed", data: {} });
  const job = await registerJob(server.url, { title: "Bericht.pdf" });
  const tail = onTerminal(["tail", "-n", "5", "--url", server.url], { cwd: server.dataDir });
  await tail.waitFor(/Wartet/);
  await sendCallback(job, { progress: 42, message: "Seite 3" });
  await tail.waitFor(/42 %.*Seite 3/);
  await sendCallback(job, { phase: "error", error: { code: "Boom", message: "Datei ist leer" } });
  await tail.waitFor(/Fehlgeschlagen: Datei ist leer \(Boom\)/);
  tail.type("\u0003");
  expect(await tail.exited).toBe(130);
  expect(tail.shown()).toContain("\u001B[2A");
  expect(tail.shown()).not.toContain("\u001B[?1049h");
  expect(tail.text()).toMatch(/✓ Lieferschein 4711\.pdf +Abgeschlossen in 0:0/);
});

test("logs shows the last lines, also for the beginning of an id", async () => {
  await using server = await startServer();
  const job = await registerJob(server.url);
  for (const n of [1, 2, 3]) await sendCallback(job, { message: `Seite ${n}` });
  await sendCallback(job, { phase: "failed", message: "Fehler:\nSeite 4" });
  const logs = spawnJobmon(["logs", job.jobId.slice(0, 8), "-n", "2", "--url", server.url], {
    cwd: server.dataDir,
  });
  expect(await logs.exited).toBe(0);
  expect(logs.stdout()).toMatch(/^\d\d:\d\d:\d\d Seite 3\n\d\d:\d\d:\d\d ERROR Fehler:\n {15}Seite 4\n$/);
});

test("logs -f follows over a restart, each line once, and ends as the job does", async () => {
  await using server = await startServer();
  const job = await registerJob(server.url);
  await sendCallback(job, { message: "Seite 1" });
  const logs = spawnJobmon(["logs", job.jobId, "-f", "-o", "ndjson", "--url", server.url], {
    cwd: server.dataDir,
  });
  await logs.waitFor(/Seite 1/);
  await sendCallback(job, { message: "Seite 2" });
  await logs.waitFor(/Seite 2/);
  await server.kill("SIGKILL");
  await server.restart();
  await sendCallback(job, { message: "Seite 3" });
  await sendCallback(job, { phase: "error", error: { code: "x", message: "y" }, logs: ["Ende"] });
  expect(await logs.exited).toBe(3);
  const lines = logs.stdout().trim().split("\n").map(parse);
  expect(lines.map(({ index }) => index)).toEqual(lines.map((_line, at) => at));
  expect(lines).toMatchObject(
    ["Seite 1", "Seite 2", "Seite 3", "Ende", "y"].map((message) => ({
      type: "job_log",
      entry: { message },
    })),
  );
});

test("the demo plays every script once, ends with 0 and leaves nothing behind", async () => {
  await using folder = await temporaryFolder();
  const demo = spawnJobmon(["demo", "--once", "--port", "0", "--speed", "20", "--no-open"], {
    cwd: folder.path,
    env: { TMPDIR: folder.path },
  });
  expect(await demo.exited).toBe(0);
  expect(demo.stderr()).toBe("");
  const [address = "", ...lines] = demo.stdout().trim().split("\n");
  expect(address).toMatch(/^jobmon demo: http:\/\/127\.0\.0\.1:\d+$/);
  const ends = lines.map((line) => line.split("\t")).map(([, status, , , title]) => `${status} ${title}`);
  expect(ends).toContainEqual(expect.stringMatching(/^completed .*\.md$/));
  expect(ends).toContain("failed mitschnitt-leer.wav");
  expect(ends).toContain("completed Sitzungsprotokoll Juni.pdf");
  expect(ends).toContain("running scan_0042.pdf");
  expect(await foldersOfDemos(folder.path)).toEqual([]);
  await expect(fetch(address.slice("jobmon demo: ".length))).rejects.toThrow("fetch failed");
});

test.each([
  ["SIGTERM", 143],
  ["SIGINT", 130],
  ["SIGHUP", 129],
] as const)("the demo ends everything it started on %s", async (signal, code) => {
  await using folder = await temporaryFolder();
  const demo = spawnJobmon(["demo", "--port", "0", "--no-open"], {
    cwd: folder.path,
    env: { TMPDIR: folder.path },
  });
  const [, url = ""] = await demo.waitFor(/jobmon demo: (\S+)/);
  await demo.waitFor(/\trunning\t/);
  expect(await demo.kill(signal)).toBe(code);
  await expect(fetch(url)).rejects.toThrow("fetch failed");
  expect(await foldersOfDemos(folder.path)).toEqual([]);
});

test("a demo on a port in use says so and ends with 1", async () => {
  await using server = await startServer();
  const port = new URL(server.url).port;
  const demo = spawnJobmon(["demo", "--port", port, "--no-open"], { cwd: server.dataDir });
  expect(await demo.exited).toBe(1);
  expect(demo.stderr()).toContain(`port ${port} on 127.0.0.1 is in use`);
});

async function foldersOfDemos(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith("jobmon-demo-"));
}

function withoutTime(line: string): string {
  return line.replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z\t/, "");
}

function parse(line: string): Record<string, unknown> {
  return JSON.parse(line);
}
