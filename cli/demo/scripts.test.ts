import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { translateCallback } from "#app/contract/callback/translate-callback.ts";
import { registerRequestSchema } from "#app/contract/http.ts";
import type { JobEvent } from "#app/contract/job-event.ts";
import type { Job } from "#app/contract/job.ts";
import { cleanReport } from "#app/domain/clean-report.ts";
import { newJob } from "#app/domain/new-job.ts";
import { reduceJob } from "#app/domain/reduce-job.ts";
import { fillIn, type Script, scriptSchema } from "./script.ts";
import { demoScripts } from "./scripts.ts";

const FOLDER = join(import.meta.dirname, "../../tests/fixtures/callbacks");
const REGISTERED_AT = Date.parse("2026-11-23T14:00:00.000Z");
const DUPLICATE_WITHIN_MS = 10_000;

const scripts = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .map((name): [string, Script] => [
    name,
    scriptSchema.parse(JSON.parse(readFileSync(join(FOLDER, name), "utf8"))),
  ]);

test.each(scripts)("%s ends as it says", (_, script) => {
  const played = play(script);
  expect(played.answers).toMatchObject(script.callbacks.map(({ expect: answer = {} }) => answer));
  expect(played.job).toMatchObject(script.expectedEnd);
});

test.each(scripts.filter(([, { expectedLater }]) => expectedLater))(
  "%s becomes what it says",
  (_, script) => {
    const { job, now } = play(script);
    const later = new Date(now + job.timeoutSeconds * 1000).toISOString();
    const event: JobEvent =
      job.status === "pending-storage"
        ? { type: "artifacts_stored", at: later, artifacts: [] }
        : { type: "silence_exceeded", at: later };
    expect(reduceJob(job, event)).toMatchObject({ applied: true, job: script.expectedLater });
  },
);

test("placeholders are filled in wherever they stand", () => {
  const ids = { jobId: "j", processId: "job-p", callbackToken: "t" };
  const body = { process: { id: "$PROCESS_ID" }, lines: ["$JOB_ID: $CALLBACK_TOKEN"] };
  expect(fillIn(body, ids)).toEqual({ process: { id: "job-p" }, lines: ["j: t"] });
});

test("the demo plays what the issue names: pages, an error, a step back, a recovery, a silence", () => {
  const played = demoScripts.map(({ describes }) => describes).join("\n");
  for (const trait of ["page by page", "Error audio", "goes back", "recovers", "silence"]) {
    expect(played).toContain(trait);
  }
});

/** Plays a script through contract and domain, duplicates told as the server tells them. */
function play({ title, kind, registration, callbacks }: Script) {
  const ids = { jobId: "job-1", processId: "job-p", callbackToken: "secret" };
  const request = registerRequestSchema.parse({ title, kind, ...registration });
  const identity = { jobId: ids.jobId, userEmail: "a@b.de", at: new Date(REGISTERED_AT).toISOString() };
  let job: Job = newJob(request, identity);
  let now = REGISTERED_AT;
  const applied = new Map<string, number>();

  const answers = callbacks.map(({ afterMs, body }) => {
    now += afterMs;
    const text = JSON.stringify(body);
    const isDuplicate = now - (applied.get(text) ?? -Infinity) < DUPLICATE_WITHIN_MS;
    if (isDuplicate) return { applied: false, reason: "duplicate", status: job.status };
    const translated = translateCallback(fillIn(body, ids));
    if ("fault" in translated) throw new Error(translated.fault.message);
    const report = cleanReport(translated.report);
    const reduced = reduceJob(job, { type: "callback_received", at: new Date(now).toISOString(), report });
    if (!reduced.applied) return { ...reduced, status: job.status };
    applied.set(text, now);
    job = reduced.job;
    return { applied: true, status: job.status };
  });
  return { job, now, answers };
}
