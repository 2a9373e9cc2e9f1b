import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { registeredSchema } from "#app/contract/http.ts";
import { postJson, readJob, registerJob, sendCallback } from "./support/jobs.ts";
import { spawnJobmon, spawnProgram } from "./support/spawn-jobmon.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";
import { startScriptedServer, status } from "./support/scripted-server.ts";

const JOBMON = join(import.meta.dirname, "../../cli/jobmon.js");

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test("create prints the registration as JSON, and report brings the job to its end", async () => {
  const created = await ended(["create", "--title", "Nachtlauf", "--kind", "backup", "--stall-after", "2m"]);
  expect(created).toMatchObject({ code: 0, stderr: "" });
  const job = registeredSchema.parse(JSON.parse(created.stdout));
  const env = { JOBMON_CALLBACK_TOKEN: job.callback_token };
  const steps = [
    ["--progress", "3/12", "--message", "Seite 3", "--phase", "reading"],
    [],
    ["--done", "--result-file", "result.json", "-o", "json"],
  ];
  await writeFile(join(server.dataDir, "result.json"), '{"extracted_text":"Text","pages":12}');
  const [first, second, last] = [
    await ended(["report", job.jobId, ...(steps[0] ?? [])], env),
    await ended(["report", job.jobId, ...(steps[1] ?? [])], env),
    await ended(["report", job.jobId, ...(steps[2] ?? [])], env),
  ];
  expect([first, second]).toEqual([quiet(0), quiet(0)]);
  expect(JSON.parse(last.stdout)).toMatchObject({ applied: true, status: "completed" });
  expect(await readJob(server.url, job.jobId)).toMatchObject({
    title: "Nachtlauf",
    kind: "backup",
    stallAfterSeconds: 120,
    phase: "reading",
    status: "completed",
    result: { text: "Text", data: { pages: 12 } },
    logs: [{ message: "Seite 3", progress: 25 }],
  });
  const late = await ended(["report", job.jobId, "--fail", "too late"], env);
  expect(late).toMatchObject({ code: 0, stderr: expect.stringContaining("has ended already (completed)") });
});

test("a script below run reports by itself, with nothing but its environment", async () => {
  const jobmon = `"${process.execPath}" "${JOBMON}"`;
  const script = `${jobmon} report --progress 50 --message half && ${jobmon} report --phase packing`;
  const run = spawnJobmon(["run", "--", "sh", "-c", script], surroundings());
  expect(await run.exited).toBe(0);
  const [, jobId = ""] = /job (\S+)/.exec(run.stderr()) ?? [];
  expect(await readJob(server.url, jobId)).toMatchObject({ phase: "packing", status: "completed" });
});

test("a job that is to be canceled ends a script with set -e, and is confirmed", async () => {
  const job = await registerJob(server.url);
  await sendCallback(job, { progress: 1 });
  await postJson(`${server.url}/api/external/jobs/${job.jobId}/cancel`, {});
  const jobmon = `"${process.execPath}" "${JOBMON}"`;
  const script = `set -e; trap '${jobmon} report --canceled' EXIT; ${jobmon} report --progress 2; echo never`;
  const shell = spawnProgram(
    "sh",
    ["-c", script],
    surroundings({ JOBMON_JOB_ID: job.jobId, JOBMON_CALLBACK_TOKEN: job.callback_token }),
  );
  expect(await shell.exited).toBe(6);
  expect(shell.stdout()).toBe("");
  expect(await readJob(server.url, job.jobId)).toMatchObject({ status: "canceled" });
});

test("what is not answered is sent again, the same and with the same key", async () => {
  const answer = { applied: true, status: "running", revision: 1, cancelRequested: false };
  await using away = await startScriptedServer([
    status(503),
    (response) => void response.destroy(),
    (response) =>
      void response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(answer)),
  ]);
  const env = { JOBMON_CALLBACK_TOKEN: "x", JOBMON_URL: away.url };
  expect(await ended(["report", "a-job", "--progress", "1"], env)).toEqual(quiet(0));
  const keys = away.requests.map(({ headers }) => headers["idempotency-key"]);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
});

test.each([
  [["report", "x", "--progress", "half"], 2, "half is not progress like 42 or 3/12"],
  [["report", "x", "--done", "--fail", "y"], 2, "a job has one end only"],
  [["report", "--progress", "1"], 2, "the job is missing"],
  [["report", "x", "--callback-token-file", "/nowhere"], 2, "the file /nowhere cannot be read"],
  [["report", "x"], 4, "the token does not belong to this job"],
  [["report", "x", "--url", "http://127.0.0.1:9", "--retry-for", "1ms"], 1, "no answer from"],
  [["create"], 2, "--title"],
  [["create", "--title", "x", "--url", "http://127.0.0.1:9", "--retry-for", "1ms"], 1, "no answer from"],
])("%j ends with %i", async (args, code, message) => {
  const outcome = await ended(args, { JOBMON_CALLBACK_TOKEN: "wrong" });
  expect(outcome).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(message) });
});

test("a removed job is told as such, and the code is 5", async () => {
  const job = await registerJob(server.url);
  await sendCallback(job, { status: "completed" });
  await fetch(`${server.url}/api/external/jobs/${job.jobId}`, { method: "DELETE" });
  const outcome = await ended(["report", job.jobId], { JOBMON_CALLBACK_TOKEN: job.callback_token });
  expect(outcome).toMatchObject({ code: 5, stderr: expect.stringContaining("was removed") });
});

function surroundings(env: Record<string, string> = {}) {
  return { cwd: server.dataDir, env: { LANG: "en_GB.UTF-8", JOBMON_URL: server.url, ...env } };
}

async function ended(args: readonly string[], env: Record<string, string> = {}) {
  const jobmon = spawnJobmon(args, surroundings(env));
  const code = await jobmon.exited;
  return { code, stdout: jobmon.stdout(), stderr: jobmon.stderr() };
}

function quiet(code: number) {
  return { code, stdout: "", stderr: "" };
}
