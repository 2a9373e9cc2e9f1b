import * as fc from "fast-check";
import { afterEach, expect, it } from "vitest";
import { type Job, jobLogSchema, jobResultSchema, jobSchema, summarize } from "#app/contract/job.ts";
import { deliverySchema } from "#app/contract/job-event.ts";
import { reduceJob } from "#app/domain/reduce-job.ts";
import { parseCallback } from "#app/server/callback-body/parse-callback.server.ts";
import { hostileBody } from "./hostile-bodies.ts";
import { instant, received, registeredJob } from "./play.ts";

const RUNS = 10_000;
/** What earlier runs have found. */
const FOUND = ['{"logs":[{"timestamp":"9999-12-31T23:59:59-01:00"}]}', '{"seq":-1e-999}'];
const TOKEN = "x".repeat(43);

afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

it(`each of ${RUNS} hostile bodies is refused in words or leaves a valid job`, () => {
  const registered = registeredJob();
  const running = jobSchema.parse(after(registered, new TextEncoder().encode("{}")));
  fc.assert(
    fc.property(hostileBody, fc.constantFrom(registered, running), (body, job) => {
      const stored: unknown = JSON.parse(JSON.stringify(after(job, body)));
      expect(jobSchema.parse(stored)).toEqual(stored);
      summarize(jobSchema.parse(stored));
    }),
    { numRuns: RUNS, examples: FOUND.map((text) => [new TextEncoder().encode(text), registered]) },
  );
});

/** The job after these bytes, as they would be stored; everything on the way must satisfy its schema. */
function after(job: Job, body: Uint8Array): Job {
  const parsed = parseCallback(body, { secrets: [TOKEN], secretaryUrl: "http://secretary.example" });
  if (parsed.kind === "malformed") {
    expect(parsed.message).not.toBe("");
    return job;
  }
  if (parsed.kind === "invalid") {
    expect([parsed.field, parsed.message]).not.toContain("");
    return job;
  }
  if (parsed.result) jobResultSchema.parse(JSON.parse(new TextDecoder().decode(parsed.result)));
  const event = received(parsed, instant(1));
  const reduction = reduceJob(job, event);
  const delivery = { event, applied: reduction.applied };
  deliverySchema.parse(JSON.parse(JSON.stringify(delivery)));
  if (!reduction.applied) return job;
  for (const line of reduction.logs) jobLogSchema.parse(JSON.parse(JSON.stringify(line)));
  return reduction.job;
}
