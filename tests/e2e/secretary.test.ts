import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Registered } from "#app/contract/http.ts";
import { fillIn, type Script, scriptSchema } from "../../cli/demo/script.ts";
import { readJob, registerJob } from "./support/jobs.ts";
import { spawnJobmon } from "./support/spawn-jobmon.ts";
import { type RunningServer, startServer } from "./support/start-server.ts";

const SECRETARY = join(import.meta.dirname, "secretary.py");
const FOLDER = join(import.meta.dirname, "../fixtures/callbacks");
const scripts = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .map((name) => scriptSchema.parse(JSON.parse(readFileSync(join(FOLDER, name), "utf8"))));
const postedSchema = z.array(z.array(z.object({ url: z.string(), status: z.int().nullable() })));

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe("the Secretary, given a callback_url", () => {
  it.each<[string, (job: Registered) => string]>([
    ["as it was registered", ({ callback_url }) => callback_url],
    ["with a slash at the end", ({ callback_url }) => `${callback_url}/`],
    ["with a query", ({ callback_url }) => `${callback_url}?x=1`],
    ["without the job", () => `${server.url}/api/external/jobs`],
    ["with the placeholder left in", () => `${server.url}/api/external/jobs/{jobId}`],
  ])("%s: every recorded dialogue arrives whole and ends right", async (_, addressOf) => {
    const told = await Promise.all(scripts.map(async (script) => ({ script, job: await register(script) })));
    const posted = await secretary(
      told.map(({ script, job }) => ({
        callback_url: addressOf(job),
        callback_token: job.callback_token,
        job_id: job.jobId,
        bodies: bodiesOf(script, job),
      })),
    );
    expect(posted.flat().filter(({ status }) => status !== 200)).toEqual([]);
    for (const { script, job } of told) await expectEnd(script, job);
  });
});

it("is told the same as anybody else when it was given no token, and does not mind", async () => {
  const job = await registerJob(server.url);
  const bodies = [
    { phase: "initializing", progress: 5 },
    { phase: "completed", data: {} },
  ];
  const without = { callback_url: job.callback_url, callback_token: null, job_id: job.jobId, bodies };
  const [answers = []] = await secretary([without]);
  expect(answers.map(({ status }) => status)).toEqual([401, 401]);
  expect(await readJob(server.url, job.jobId)).toMatchObject({ status: "queued", revision: 0 });
});

it("leaves a data folder in which the audit finds no fault", async () => {
  await server.kill("SIGTERM");
  const audit = spawnJobmon(["audit", "--data-dir", server.dataDir], { cwd: server.dataDir });
  expect([await audit.exited, audit.stdout()]).toEqual([0, expect.stringMatching(/alle wie gespeichert\n$/)]);
});

/** Plays dialogues by the Python client and gives back where each body went and how it was answered. */
async function secretary(dialogues: unknown[]): Promise<z.infer<typeof postedSchema>> {
  const { PATH, PYTHON_PATH = "python3" } = process.env;
  const python = spawn(PYTHON_PATH, [SECRETARY], { env: { PATH }, stdio: ["pipe", "pipe", "inherit"] });
  python.stdin.end(JSON.stringify(dialogues));
  return postedSchema.parse(await json(python.stdout));
}

function register({ title, kind, registration }: Script): Promise<Registered> {
  return registerJob(server.url, { title, ...(kind && { kind }), ...registration, timeoutSeconds: 3_600 });
}

function bodiesOf(script: Script, job: Registered): unknown[] {
  const ids = { jobId: job.jobId, processId: "job-1", callbackToken: job.callback_token };
  return script.callbacks.map(({ body }) => fillIn(body, ids));
}

/** The end without waiting for silence; what is to be stored is waited for. */
async function expectEnd(script: Script, { jobId }: Registered): Promise<void> {
  const { expectedEnd, expectedLater, describes } = script;
  const end = expectedEnd.status === "pending-storage" ? expectedLater : expectedEnd;
  await expect.poll(() => readJob(server.url, jobId), { message: describes }).toMatchObject(end ?? {});
}
