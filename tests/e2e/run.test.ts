import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jobPageSchema, type JobDetail } from "#app/contract/http.ts";
import { postJson, readJob } from "./support/jobs.ts";
import { onTerminal } from "./support/on-terminal.ts";
import { type JobmonProcess, spawnJobmon, spawnProgram } from "./support/spawn-jobmon.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const JOBMON = join(import.meta.dirname, "../../cli/jobmon.js");
const NOBODY = "http://127.0.0.1:9";

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test.each([
  ["true", 0, { status: "completed" }],
  ["echo so far; echo broken >&2; exit 3", 3, failed("exit_3", "broken")],
  ["exit 7", 7, failed("exit_7", "exit code 7")],
  ["kill -9 $$", 137, failed("SIGKILL", "ended by SIGKILL")],
  ["echo bad memory; kill -SEGV $$", 139, failed("SIGSEGV", "bad memory")],
])("%s ends with %i, for the shell and for the job", async (script, code, job) => {
  const run = spawnRun(["--", "sh", "-c", script]);
  expect(await run.exited).toBe(code);
  expect(await jobOf(run)).toMatchObject(job);
});

test.each([
  ["no-such-command", 127, "command not found"],
  ["/etc/passwd", 126, "may not be run"],
])("%s cannot be run: %i, as in a shell, and the job has failed", async (file, code, reason) => {
  const run = spawnRun(["--", file]);
  expect(await run.exited).toBe(code);
  expect(run.stderr()).toContain(`jobmon: ${file}: ${reason} (${code})\n`);
  expect(await jobOf(run)).toMatchObject(failed(`exit_${code}`, reason));
});

test("both outputs and the input are the command's own, byte by byte, and jobmon says one line", async () => {
  const run = spawnRun(["--", "sh", "-c", "cat; echo to stderr >&2; echo again > /dev/stdout"]);
  run.input("from stdin\n");
  run.input();
  expect(await run.exited).toBe(0);
  expect(run.stdout()).toBe("from stdin\nagain\n");
  const { jobId, logs } = await jobOf(run);
  expect(run.stderr()).toBe(`jobmon: job ${jobId} ${server.url}/jobs/${jobId}\nto stderr\n`);
  expect(logs.map(({ message }) => message).sort()).toEqual(["again", "from stdin", "to stderr"]);
});

test("bytes that are no text go through unchanged, and only their number into the log", async () => {
  const script = `"${process.execPath}" "${JOBMON}" run -q -- cat /bin/sh | sha256sum`;
  const shell = spawnProgram("sh", ["-c", script], surroundings());
  expect(await shell.exited).toBe(0);
  const digest = createHash("sha256")
    .update(await readFile("/bin/sh"))
    .digest("hex");
  expect(shell.stdout()).toContain(digest);
  const { logs } = await newestJob();
  expect(logs.some(({ message }) => /^\[[\d,]+ lines that are not text\]$/.test(message ?? ""))).toBe(true);
});

test("a million lines cost no memory, and the last of them are in the log", async () => {
  const script = "seq 1000000; grep VmHWM /proc/$PPID/status >&2";
  const run = spawnRun(["--", "sh", "-c", script]);
  expect(await run.exited).toBe(0);
  expect(run.stdout()).toHaveLength(6_888_896);
  const job = await jobOf(run);
  const messages = job.logs.map(({ message }) => message);
  expect(messages).toContain("1000000");
  expect(messages.some((message) => /^\[[\d,]+ lines left out\]$/.test(message ?? ""))).toBe(true);
  const [, peak = ""] = /VmHWM:\s*(\d+) kB/.exec(run.stderr()) ?? [];
  expect(Number(peak)).toBeLessThan(250_000);
});

test("progress comes from lines, bars and OSC 9;4, until the file named by JOBMON_PROGRESS states it", async () => {
  const script = `
    printf 'step 3/12\\n'; read next
    printf '\\r 30%%|###   | 3/10\\r 40%%|####  | 4/10'; read next
    printf '\\033]9;4;1;55\\033\\\\'; read next
    echo '13/20 Seite 13' > "$JOBMON_PROGRESS"; read next
    echo 'disk 99% full'; exit 1`;
  const run = spawnRun(["--", "sh", "-c", script]);
  // Each step when the one before it is known; what comes in between may be left out.
  for (const percent of [25, 40, 55, 65]) {
    await expect.poll(async () => (await knownJob(run))?.progress).toBe(percent);
    run.input("\n");
  }
  await run.exited;
  const { logs, progress, jobId } = await jobOf(run);
  expect(progress).toBe(65);
  expect(logs.map(({ message }) => message)).toContain("Seite 13");
  const { deliveries = [] } = await readJob(server.url, `${jobId}?deliveries=50`);
  const told = deliveries.flatMap(({ event }) => ("report" in event ? (event.report.progress ?? []) : []));
  expect(told.toReversed()).toEqual([25, 40, 55, 65]);
});

test("signals go to the command, which decides; the job is canceled by them", async () => {
  const run = spawnRun(["--", "sh", "-c", "trap 'echo asked; exit 9' TERM; echo ready; sleep 30 & wait"]);
  await run.waitFor(/ready/);
  expect(await run.kill("SIGTERM")).toBe(9);
  expect(run.stdout()).toBe("ready\nasked\n");
  expect(await jobOf(run)).toMatchObject({ status: "canceled", message: "ended by SIGTERM" });
});

test("a cancel from elsewhere ends the command and all it started, also where SIGTERM is ignored", async () => {
  const script = `trap '' TERM; sh -c 'trap "" TERM; echo "child $$"; while :; do sleep 0.2; done' & while :; do echo tick; sleep 0.2; done`;
  const run = spawnRun(["--grace", "1s", "--", "sh", "-c", script]);
  const [, child = ""] = await run.waitFor(/child (\d+)/);
  const jobId = jobIdOf(run);
  expect((await postJson(`${server.url}/api/external/jobs/${jobId}/cancel`, {})).status).toBe(200);
  expect(await run.exited).toBe(137);
  expect(await jobOf(run)).toMatchObject({ status: "canceled", message: "canceled on request" });
  await expect.poll(() => isAlive(child)).toBe(false);
});

test("who ends at once is not enough: what it started is killed after the grace as well", async () => {
  const script = `sh -c 'trap "" TERM; echo "child $$"; while :; do sleep 0.2; done' & wait`;
  const run = spawnRun(["--grace", "1s", "--timeout", "3s", "--", "sh", "-c", script]);
  const [, child = ""] = await run.waitFor(/child (\d+)/);
  expect(await run.exited).toBe(124);
  await expect.poll(() => isAlive(child)).toBe(false);
});

test("--timeout ends the command with 124 and fails the job", async () => {
  const run = spawnRun(["--timeout", "1s", "--", "sh", "-c", "echo working; exec sleep 30"]);
  expect(await run.exited).toBe(124);
  expect(await jobOf(run)).toMatchObject(failed("timeout", "not done after 1s, and ended"));
});

test("what is left behind with the same output keeps nobody waiting", async () => {
  const run = spawnRun(["--", "sh", "-c", "sleep 200 & echo pid $!; exit 4"]);
  expect(await run.exited).toBe(4);
  expect(run.stdout()).toMatch(/^pid \d+\n$/);
  process.kill(Number(run.stdout().slice(4)));
});

test("a reader that goes away ends the command as without jobmon", async () => {
  const script = `("${process.execPath}" "${JOBMON}" run -q -- yes; echo "code $?" >&2) | head -n 1`;
  const shell = spawnProgram("sh", ["-c", script], surroundings());
  await shell.exited;
  expect(shell.stdout()).toBe("y\n");
  expect(shell.stderr()).toContain("code 141");
});

test("with a server that is away from the start the command is the same, in a chain too", async () => {
  const script = `"${process.execPath}" "${JOBMON}" run -- sh -c 'echo saved' && echo deployed; "${process.execPath}" "${JOBMON}" run -q -- false || echo "code $?"`;
  const shell = spawnProgram("sh", ["-c", script], surroundings({ JOBMON_URL: NOBODY }));
  expect(await shell.exited).toBe(0);
  expect(shell.stdout()).toBe("saved\ndeployed\ncode 1\n");
  expect(shell.stderr()).toMatch(/^jobmon: no answer from .*\njobmon: the end was not reported: .*\n$/);
});

test("a configuration that cannot be read keeps no command from running", async () => {
  const run = spawnRun(["--", "echo", "done"], { JOBMON_TOKEN_FILE: "/nowhere" });
  expect(await run.exited).toBe(0);
  expect(run.stdout()).toBe("done\n");
  expect(run.stderr()).toBe(
    "jobmon: the command runs without jobmon hearing of it: the file /nowhere with the token cannot be read\n",
  );
});

test("a server that is killed midway and comes back has every line and the end", async () => {
  await using own = await startServer();
  const script = "echo one; read x; echo two; read x; echo three";
  const run = spawnRun(["--", "sh", "-c", script], { JOBMON_URL: own.url });
  await run.waitFor(/one/);
  await own.kill("SIGKILL");
  run.input("\n");
  await run.waitFor(/two/);
  await own.restart();
  run.input("\n");
  expect(await run.exited).toBe(0);
  const { status, logs } = await readJob(own.url, jobIdOf(run));
  expect(status).toBe("completed");
  expect(logs.map(({ message }) => message)).toEqual(["one", "two", "three"]);
});

test("a server that comes only later hears of the job all the same", async () => {
  await using own = await startServer();
  await own.kill("SIGKILL");
  const run = spawnRun(["-q", "--title", "Spät", "--", "sh", "-c", "echo early; read x; echo late"], {
    JOBMON_URL: own.url,
  });
  await run.waitFor(/early/);
  await own.restart();
  await expect.poll(() => newestTitle(own.url)).toBe("Spät");
  run.input("\n");
  expect(await run.exited).toBe(0);
  expect(await newestJob(own.url)).toMatchObject({
    status: "completed",
    logs: [{ message: "early" }, { message: "late" }],
  });
});

test("on a terminal the command has one: its size, its keyboard, Ctrl-C once", async () => {
  const script = `
    trap 'echo "now $(stty size <&2)"' WINCH
    trap 'echo interrupted; exit 9' INT
    [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo "all three $(stty size <&2)"
    while ! read answer; do :; done; echo "read $answer"; sleep 30 & while :; do wait; done`;
  const terminal = onTerminal(["run", "--", "bash", "-c", script], surroundings());
  await terminal.waitFor(/all three 30 100/);
  terminal.resize(60, 20);
  terminal.type("typed\r");
  await Promise.all([terminal.waitFor(/now 20 60/), terminal.waitFor(/read typed/)]);
  terminal.type("\u0003");
  expect(await terminal.exited).toBe(9);
  expect(terminal.shown().match(/interrupted/g)).toHaveLength(1);
  const [, jobId = ""] = /jobmon: job (\S+)/.exec(terminal.shown()) ?? [];
  expect(await readJob(server.url, jobId)).toMatchObject({ status: "canceled", message: "ended by SIGINT" });
});

test("on a terminal what is printed arrives as it was printed", async () => {
  const terminal = onTerminal(
    ["run", "-q", "--", "printf", "a\\nb\\rc\\n\\033[31mred\\033[0m\\n"],
    surroundings(),
  );
  expect(await terminal.exited).toBe(0);
  expect(terminal.shown()).toBe("a\r\nb\rc\r\n\u001B[31mred\u001B[0m\r\n");
});

test.each([
  [["run"], "command is missing"],
  [["run", "--timeout", "soon", "--", "true"], "soon is not a duration"],
])("%j: nothing runs, and the code is 2", async (args, message) => {
  const run = spawnJobmon(args, surroundings());
  expect(await run.exited).toBe(2);
  expect(run.stderr()).toContain(message);
});

function surroundings(env: Record<string, string> = {}) {
  return { cwd: server.dataDir, env: { LANG: "en_GB.UTF-8", JOBMON_URL: server.url, ...env } };
}

function spawnRun(args: readonly string[], env: Record<string, string> = {}): JobmonProcess {
  return spawnJobmon(["run", ...args], surroundings(env));
}

function jobIdOf(run: JobmonProcess): string {
  const [, jobId = ""] = /^jobmon: job (\S+) /m.exec(run.stderr()) ?? [];
  return jobId;
}

/** The job as it is known so far; undefined before its registration was told. */
async function knownJob(run: JobmonProcess): Promise<JobDetail | undefined> {
  return jobIdOf(run) === "" ? undefined : jobOf(run);
}

function jobOf(run: JobmonProcess): Promise<JobDetail> {
  return readJob(server.url, `${jobIdOf(run)}?limit=500`);
}

async function newestJob(url = server.url): Promise<JobDetail> {
  const response = await fetch(`${url}/api/external/jobs?limit=1`);
  const [newest] = jobPageSchema.parse(await response.json()).items;
  return readJob(url, newest?.jobId ?? "");
}

async function newestTitle(url: string): Promise<string | undefined> {
  const response = await fetch(`${url}/api/external/jobs?limit=1`);
  return jobPageSchema.parse(await response.json()).items[0]?.title;
}

/** Whether a process runs; one that only nobody has fetched does not. */
async function isAlive(pid: string): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return status !== "" && !/\) Z /.test(status);
}

function failed(code: string, message: string) {
  return { status: "failed", error: { code, message } };
}
