import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ndjsonLines } from "../../cli/output/ndjson-lines.ts";
import { startCuttingProxy } from "../chaos/cutting-proxy.ts";
import { readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { awaitStreams } from "./support/read-metric.ts";
import { onTerminal } from "./support/on-terminal.ts";
import { json, startScriptedServer, status } from "./support/scripted-server.ts";
import { spawnJobmon } from "./support/spawn-jobmon.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const JOBMON = join(import.meta.dirname, "../../cli/jobmon.js");
const HOSTILE = "\u001b[2J\u001b]0;x\u0007böse\r\u009b5A\u202e";

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test("list pages through everything, shows a table, and writes lines that its schema knows", async () => {
  const title = "Liste";
  const jobs = await Promise.all(Array.from({ length: 60 }, () => registerJob(server.url, { title })));
  const all = run(["list", "--all", "-o", "ndjson", "-q", title]);
  const table = run(["list", "-q", title, "--limit", "3"]);
  const document = run(["list", "-q", title, "--limit", "55", "-o", "json"]);
  const none = run(["list", "--status", "failed", "-q", title]);
  expect(await Promise.all([all, table, document, none].map(({ exited }) => exited))).toEqual([0, 0, 0, 0]);
  const lines = readLines(all.stdout());
  expect(new Set(lines.map(({ jobId }) => jobId))).toEqual(new Set(jobs.map(({ jobId }) => jobId)));
  expect(table.stdout()).toMatch(
    /^JOB +STATUS +% +GEÄNDERT +TITEL +MELDUNG\n([0-9a-f]{8} {2}◷ Wartet.*\n){3}$/,
  );
  expect(JSON.parse(document.stdout())).toHaveLength(55);
  expect([none.stdout(), none.stderr()]).toEqual(["", "keine Jobs\n"]);
});

test("list -w begins with the same jobs and goes on with their changes", async () => {
  const title = "Beobachtet";
  const first = await registerJob(server.url, { title });
  const list = run(["list", "-w", "-q", title, "-o", "ndjson"]);
  await list.waitFor(/"queued"/);
  await sendCallback(first, { progress: 42 });
  await list.waitFor(/"progress":42/);
  await registerJob(server.url, { title: "Anderer" });
  const second = await registerJob(server.url, { title });
  await list.waitFor(new RegExp(second.jobId));
  expect(await list.kill("SIGINT")).toBe(130);
  const lines = readLines(list.stdout());
  expect(new Set(lines.map((line) => line.title))).toEqual(new Set([title]));
});

test("show, deliveries, cancel and rm work on the beginning of an id", async () => {
  const job = await registerJob(server.url, { title: "Einer" });
  const short = job.jobId.slice(0, 8);
  await sendCallback(job, { progress: 42, message: "Seite 3", logs: ["eins"] });
  const [shown, delivered, refused] = await Promise.all([
    finished(["show", short]),
    finished(["deliveries", short, "-o", "ndjson"]),
    finished(["rm", short]),
  ]);
  expect(shown.stdout).toMatch(
    new RegExp(
      `^◑ Einer\n\nJOB +${job.jobId}\nSEITE +${server.url}/jobs/.*\nSTATUS +Läuft\nFORTSCHRITT +42 %\n`,
    ),
  );
  expect(readLines(delivered.stdout)).toMatchObject([
    { type: "delivery", event: { report: { progress: 42 } } },
    { event: { type: "job_registered" } },
  ]);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("ist noch nicht zu Ende (1)") });

  expect((await finished(["cancel", short])).stderr).toContain("ist gebeten aufzuhören");
  expect(await sendCallback(job, { status: "canceled" })).toMatchObject({ cancelRequested: true });
  expect(await finished(["rm", short, "-o", "ndjson"])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('"type":"job_removed"'),
  });
  expect((await finished(["show", short])).code).toBe(5);
});

test("a tail ends with the jobs it names, shows their lines, and every line is as documented", async () => {
  const job = await registerJob(server.url, { title: "Benannt" });
  const other = await registerJob(server.url, { title: "Anderer" });
  const tail = run(["tail", job.jobId, "--logs", "-o", "ndjson"]);
  const plain = run(["tail", job.jobId, "--logs"]);
  await Promise.all([tail.waitFor(/"queued"/), plain.waitFor(/queued/)]);
  await sendCallback(other, { progress: 1 });
  for (const n of [1, 2, 3]) await sendCallback(job, { progress: n, logs: [`Zeile ${n}`] });
  await sendCallback(job, { phase: "completed", data: {}, logs: ["Ende"] });
  expect(await Promise.all([tail.exited, plain.exited])).toEqual([0, 0]);
  const lines = readLines(tail.stdout());
  expect(new Set(lines.map(({ jobId }) => jobId))).toEqual(new Set([job.jobId]));
  const logged = lines.filter(({ type }) => type === "job_log");
  expect(logged.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  expect(lines.find(({ status: at }) => at === "completed")).toBeDefined();
  expect(plain.stdout()).toMatch(/\tlog\tinfo\t[^\t]+\tBenannt\tZeile 2\n/);
});

test("filters let through what they should", async () => {
  const pdf = await registerJob(server.url, { title: "Filter A", kind: "pdf" });
  const audio = await registerJob(server.url, { title: "Filter B", kind: "audio" });
  for (const job of [pdf, audio]) await sendCallback(job, { phase: "ocr", message: "Zeile" });
  await sendCallback(audio, { phase: "error", error: { code: "x", message: "kaputt" } });
  await sendCallback(pdf, { phase: "completed", data: {} });
  const names = [pdf.jobId, audio.jobId];
  const shownBy = async (...options: string[]) => {
    const { stdout } = await finished(["tail", ...names, "-o", "ndjson", ...options]);
    return ["Filter A", "Filter B"].filter((title) => stdout.includes(title)).join();
  };
  expect(
    await Promise.all([
      shownBy("--kind", "pdf"),
      shownBy("--status", "failed,canceled"),
      shownBy("-i", "filter [b]"),
      shownBy("-e", "b$", "-e", "kaputt"),
      shownBy("--phase", "completed"),
    ]),
  ).toEqual(["Filter A", "Filter B", "Filter B", "Filter A", "Filter A"]);
});

test("--until-idle, -n and --since say what to begin with", async () => {
  await using own = await startServer();
  const over = await registerJob(own.url, { title: "Alt" });
  await sendCallback(over, { phase: "completed", data: {} });
  const results = await Promise.all(
    [[], ["-n", "1"], ["--since", "1h"], ["--since", "2999-01-01T00:00:00Z"]].map((options) =>
      finished(["tail", "--until-idle", ...options], { url: own.url }),
    ),
  );
  expect(results.map(({ code, stdout }) => [code, stdout.includes("Alt")])).toEqual([
    [0, false],
    [0, true],
    [0, true],
    [0, false],
  ]);
});

test("a reader that goes away ends every command quietly with 0, and a closed input disturbs none", async () => {
  const job = await registerJob(server.url);
  await sendCallback(job, { logs: Array.from({ length: 200 }, (_, n) => `Zeile ${n} ${"x".repeat(200)}`) });
  const commands = ["list --all -o ndjson", `logs ${job.jobId} -n 500`, `logs -f ${job.jobId}`, "tail"];
  const shells = await Promise.all(
    commands.map(async (command) => {
      const line = `"${process.execPath}" "${JOBMON}" ${command} --url ${server.url} <&- | head -n 1; echo "\${PIPESTATUS[0]}"`;
      const shell = spawn("bash", ["-c", line], { stdio: ["ignore", "pipe", "pipe"] });
      let said = "";
      for (const stream of [shell.stdout, shell.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => (said += text));
      }
      const closed = once(shell, "close");
      let n = 200;
      // New for each of them: who has nothing to write does not find out that nobody reads.
      const sendMore = () => sendCallback(job, { message: `Schritt ${n}`, logs: [`Zeile ${n++}`] });
      const more = setInterval(() => void sendMore().catch(() => {}), 100);
      await closed.finally(() => clearInterval(more));
      return said.trim().split("\n");
    }),
  );
  expect(shells.map((lines) => [lines.length, lines.at(-1)])).toEqual(commands.map(() => [2, "0"]));
});

test("through a network that cuts and a server that is restarted, every job's last state comes once", async () => {
  await using own = await startServer();
  await using proxy = await startCuttingProxy(own.url);
  const jobs = await Promise.all(Array.from({ length: 5 }, () => registerJob(own.url)));
  const tail = run(["tail", ...jobs.map(({ jobId }) => jobId), "-o", "ndjson"], proxy.url);
  await tail.waitFor(/"queued"/);
  for (let n = 1; n <= 40; n++) {
    await Promise.all(jobs.map((job) => sendCallback(job, { progress: n })));
    // From here on there is a stream to be cut.
    if (n === 1) await awaitStreams(own.url, 1);
    if (n % 10 === 5) proxy.cutAll();
    if (n === 20) {
      await own.kill("SIGKILL");
      await own.restart();
    }
  }
  await Promise.all(jobs.map((job) => sendCallback(job, { phase: "completed", data: {} })));
  expect(await tail.exited).toBe(0);
  expect(tail.stderr()).toContain("-- getrennt, neuer Versuch in");
  expect(tail.stderr()).toMatch(/-- wieder verbunden, \d+ Änderung(en)? nachgeholt --/);
  const lines = readLines(tail.stdout());
  for (const { jobId } of jobs) {
    const revisions = lines.filter((line) => line.jobId === jobId).map(({ revision }) => Number(revision));
    expect(revisions).toEqual([...new Set(revisions)].toSorted((a, b) => a - b));
    expect(revisions.at(-1)).toBe((await readJob(own.url, jobId)).revision);
  }
});

test("on a terminal: redrawn in place at any width, never the alternate screen, and text of workers moves nothing", async () => {
  const job = await registerJob(server.url, { title: `${HOSTILE} 報告書 🎉.pdf` });
  await sendCallback(job, { progress: 7, message: HOSTILE, logs: [HOSTILE] });
  const tail = onTerminal(["tail", job.jobId, "--logs"], {
    cwd: server.dataDir,
    env: { JOBMON_URL: server.url },
  });
  await tail.waitFor(/ 7 %/);
  for (const [columns, percent] of [
    [28, 20],
    [40, 30],
    [120, 40],
  ] as const) {
    tail.resize(columns, 20);
    await sendCallback(job, { progress: percent });
    await tail.waitFor(new RegExp(` ${percent} %`));
  }
  await sendCallback(job, { phase: "completed", data: {} });
  expect(await tail.exited).toBe(0);
  expect(tail.shown()).not.toContain("\u001b[?1049h");
  const sequences = tail.shown().split("\u001b").slice(1);
  expect(sequences.filter((sequence) => !/^\[(?:\d+A|K|J|[\d;]+m)/.test(sequence))).toEqual([]);
  for (const control of ["\u009b", "\u0007", "\u202e"]) expect(tail.shown()).not.toContain(control);
  expect(tail.text()).toContain("✓");
});

test.each([
  [["--color", "never"], {}, false],
  [[], { NO_COLOR: "1" }, false],
  [[], { TERM: "dumb" }, false],
  [[], {}, true],
])("on a terminal %j %j has colour: %s", async (options, env, colour) => {
  const job = await registerJob(server.url);
  await sendCallback(job, { phase: "completed", data: {} });
  const tail = onTerminal(["tail", job.jobId, ...options], {
    cwd: server.dataDir,
    env: { JOBMON_URL: server.url, ...env },
  });
  expect(await tail.exited).toBe(0);
  expect(tail.shown().includes("\u001b[32m")).toBe(colour);
});

test("FORCE_COLOR colours a pipe, but never NDJSON", async () => {
  const env = { FORCE_COLOR: "1" };
  const [table, lines] = await Promise.all([
    finished(["list", "--limit", "1"], { env }),
    finished(["list", "--limit", "1", "-o", "ndjson"], { env }),
  ]);
  expect(table.stdout).toContain("\u001b[");
  expect(lines.stdout).not.toContain("\u001b");
});

test("a token is taken, kept for its owner alone, sent along, and forgotten", async () => {
  const me = json({ userEmail: "a@example.org", auth: "clerk" });
  await using remote = await startScriptedServer([me, me, status(401)]);
  const cwd = server.dataDir;
  const env = { XDG_CONFIG_HOME: join(cwd, "config") };
  const call = (args: readonly string[]) => spawnJobmon(args, { cwd, env });

  const login = call(["login", "--url", remote.url]);
  login.input("ak_secret\n");
  login.input();
  expect([await login.exited, login.stdout()]).toEqual([0, ""]);
  expect(login.stderr()).toContain("als a@example.org");
  const file = join(cwd, "config/jobmon/config.json");
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  const whoami = call(["whoami"]);
  expect([await whoami.exited, whoami.stdout()]).toEqual([0, "a@example.org\n"]);
  expect(remote.requests.map(({ headers }) => headers.authorization)).toEqual([
    "Bearer ak_secret",
    "Bearer ak_secret",
  ]);
  const shown = call(["config", "get"]);
  await shown.exited;
  expect(shown.stdout()).toBe(`url\t${remote.url}\ntoken\t********\n`);

  const refused = call(["login"]);
  refused.input("ak_wrong\n");
  refused.input();
  expect(await refused.exited).toBe(4);
  expect(await readFile(file, "utf8")).toContain("ak_secret");
  expect(await call(["logout"]).exited).toBe(0);
  expect(await readFile(file, "utf8")).not.toContain("ak_secret");
});

test("on a terminal a token is asked for and not shown", async () => {
  await using remote = await startScriptedServer([json({ userEmail: "a@example.org", auth: "clerk" })]);
  const login = onTerminal(["login", "--url", remote.url], { cwd: server.dataDir });
  await login.waitFor(/wird nicht angezeigt/);
  login.type("ak_typed\r");
  expect(await login.exited).toBe(0);
  expect(login.shown()).not.toContain("ak_typed");
  expect(remote.requests[0]?.headers.authorization).toBe("Bearer ak_typed");
  const interrupted = onTerminal(["login", "--url", remote.url], { cwd: server.dataDir });
  await interrupted.waitFor(/wird nicht angezeigt/);
  interrupted.type("\u0003");
  expect(await interrupted.exited).toBe(130);
});

test("config set, get and path, per profile, and a broken file is refused with 2", async () => {
  const cwd = join(server.dataDir);
  const env = { XDG_CONFIG_HOME: join(cwd, "other") };
  const call = async (...args: string[]) => {
    const program = spawnJobmon(args, { cwd, env });
    return [await program.exited, program.stdout()];
  };
  const path = join(cwd, "other/jobmon/config.json");
  expect(await call("config", "path")).toEqual([0, `${path}\n`]);
  expect(await call("config", "set", "url", `${server.url}/`, "--profile", "hier")).toEqual([0, ""]);
  expect(await call("config", "get", "url", "--profile", "hier")).toEqual([0, `${server.url}\n`]);
  expect((await call("list", "--limit", "1", "--profile", "hier"))[0]).toBe(0);
  expect((await call("list", "--profile", "dort"))[0]).toBe(2);
  await writeFile(path, "nonsense");
  expect((await call("list"))[0]).toBe(2);
});

test("logs by level, with times and details as they are wanted", async () => {
  const job = await registerJob(server.url);
  const timestamp = "2026-11-23T14:21:10.000Z";
  await sendCallback(job, {
    logs: [
      { timestamp, message: "eins" },
      { timestamp, level: "warn", message: "zwei", details: { seite: 37 } },
      { timestamp, level: "error", message: "drei" },
    ],
  });
  const of = async (...options: string[]) => (await finished(["logs", job.jobId, ...options])).stdout;
  expect(
    await Promise.all([
      of("--level", "warn", "-n", "1", "-o", "raw"),
      of("--level", "warn", "-t", "iso", "--utc"),
      of("-t", "short", "--utc", "--details"),
    ]),
  ).toEqual([
    "drei\n",
    `${timestamp} WARN zwei\n${timestamp} ERROR drei\n`,
    expect.stringContaining('14:21:10 WARN zwei\n              {\n                "seite": 37\n'),
  ]);
});

function run(args: readonly string[], url = server.url) {
  return spawnJobmon([...args, "--url", url], { cwd: server.dataDir });
}

async function finished(
  args: readonly string[],
  { url = server.url, env = {} }: { url?: string; env?: Record<string, string> } = {},
) {
  const program = spawnJobmon([...args, "--url", url], { cwd: server.dataDir, env });
  return { code: await program.exited, stdout: program.stdout(), stderr: program.stderr() };
}

/** The lines of NDJSON, each held to the schema of its type. */
function readLines(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const object: Record<string, unknown> = JSON.parse(line);
      const known = Object.entries(ndjsonLines).find(([type]) => type === object.type);
      if (known === undefined) throw new Error(`a line of no known type: ${line}`);
      known[1].schema.parse(object);
      return object;
    });
}
