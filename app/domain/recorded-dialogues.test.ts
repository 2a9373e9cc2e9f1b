import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import { translateCallback } from "#app/contract/callback/translate-callback.ts";
import { registerRequestSchema } from "#app/contract/http.ts";
import { type Job, jobSchema } from "#app/contract/job.ts";
import { cleanReport } from "./clean-report.ts";
import { newJob } from "./new-job.ts";
import { reduceJob } from "./reduce-job.ts";

const FOLDER = join(import.meta.dirname, "../../tests/fixtures/callbacks");
const BEGIN = Date.parse("2026-01-01T00:00:00.000Z");

const dialogueSchema = z.object({
  title: z.string(),
  kind: z.string().optional(),
  registration: z.record(z.string(), z.unknown()).default({}),
  callbacks: z.array(z.object({ afterMs: z.number(), body: z.unknown() })),
  expectedEnd: z.looseObject({ status: z.string() }),
});
type Dialogue = z.infer<typeof dialogueSchema>;

const dialogues = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .map((name): [string, Dialogue] => [
    name,
    dialogueSchema.parse(JSON.parse(readFileSync(join(FOLDER, name), "utf8"))),
  ]);
const ended = dialogues.filter(([, { expectedEnd }]) =>
  ["completed", "failed", "canceled"].includes(expectedEnd.status),
);
it.each(ended)("%s ends the same in any order and with any repetition", (_, dialogue) => {
  const { callbacks } = dialogue;
  const twice = fc.shuffledSubarray([...callbacks, ...callbacks], { minLength: callbacks.length * 2 });
  fc.assert(
    fc.property(twice, (arrived) => {
      const [told, other] = [play(dialogue), play({ ...dialogue, callbacks: arrived })];
      expect([other.status, other.error]).toEqual([told.status, told.error]);
    }),
    { numRuns: 50 },
  );
});

/** The job as it is after all callbacks, each state of it satisfying the schema. */
function play({ title, kind, registration, callbacks }: Dialogue): Job {
  const request = registerRequestSchema.parse({ title, kind, ...registration });
  const identity = { jobId: "job-1", userEmail: "anna@example.org", at: new Date(BEGIN).toISOString() };
  let now = BEGIN;
  return callbacks.reduce<Job>(
    (job, { afterMs, body }) => {
      now += afterMs;
      const translated = translateCallback(body);
      if ("fault" in translated) throw new Error(`${translated.fault.field}: ${translated.fault.message}`);
      const report = cleanReport(translated.report);
      const reduction = reduceJob(job, {
        type: "callback_received",
        at: new Date(now).toISOString(),
        report,
      });
      return reduction.applied ? jobSchema.parse(reduction.job) : job;
    },
    newJob(request, identity),
  );
}
