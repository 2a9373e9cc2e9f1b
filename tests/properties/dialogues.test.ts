import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Job, jobLogSchema, jobSchema } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import { deliverySchema, type JobEvent } from "#app/contract/job-event.ts";
import { reduceJob } from "#app/domain/reduce-job.ts";
import { arrivals, type Body, dialogue } from "./dialogues.ts";
import { instant, read, received, registeredJob } from "./play.ts";

const RUNS = 10_000;

describe(`any of ${RUNS} dialogues`, () => {
  it("ends in the same status, result and error in any order and with any repetition that keeps its final", () => {
    const toldAndArrived = dialogue.chain((told) =>
      fc.tuple(fc.constant([...told.callbacks, told.final]), arrivals(told)),
    );
    fc.assert(
      fc.property(toldAndArrived, ([told, arrived]) => {
        const readOnce = createReader();
        const events = (bodies: readonly Body[]) =>
          bodies.map((body, n) => received(readOnce(body), instant(n + 1)));
        expect(endOf(events(arrived))).toEqual(endOf(events(told)));
      }),
      { numRuns: RUNS },
    );
  });

  it("keeps every state of its job valid, whatever else happens to it", () => {
    fc.assert(fc.property(history, playChecked), { numRuns: RUNS });
  });
});

/** What may happen to a job besides the words of its worker. */
const happening: fc.Arbitrary<(at: string) => JobEvent> = fc.oneof(
  fc.constant((at: string): JobEvent => ({ type: "cancel_requested", at })),
  fc.constant((at: string): JobEvent => ({ type: "silence_exceeded", at })),
  fc.constant((at: string): JobEvent => ({ type: "artifacts_refused", at, reason: "kaputt" })),
  fc.constant((at: string): JobEvent => {
    return {
      type: "artifacts_stored",
      at,
      artifacts: [{ name: "images.zip", type: "application/zip", size: 9 }],
    };
  }),
);

/** Two workers at one job, each with a final of its own, and whatever else may happen, some of it hours later. */
const history: fc.Arbitrary<JobEvent[]> = fc
  .tuple(
    dialogue.chain(arrivals),
    dialogue.chain(arrivals),
    fc.array(happening, { maxLength: 4 }),
    fc.array(fc.constantFrom(0, 1, 7_200), { minLength: 1, maxLength: 5 }),
  )
  .chain(([one, other, others, pauses]) => {
    const words = [...one, ...other].map((body) => (at: string) => received(read(body), at));
    const all = [...words, ...others];
    return fc.shuffledSubarray(all, { minLength: all.length }).map((inOrder) => {
      let second = 0;
      return inOrder.map((make, n) => make(instant((second += pauses[n % pauses.length] ?? 0))));
    });
  });

function playChecked(events: JobEvent[]): void {
  let job: Job = registeredJob();
  for (const event of events) {
    const reduction = reduceJob(job, event);
    deliverySchema.parse({ event, applied: reduction.applied });
    if (!reduction.applied) continue;
    const next = jobSchema.parse(reduction.job);
    expect(next).toEqual(reduction.job);
    for (const line of reduction.logs) jobLogSchema.parse(line);
    expect(next.revision).toBe(job.revision + 1);
    expect(next.updatedAt).toBe(event.at);
    expect(next.logCount).toBe(job.logCount + reduction.logs.length);
    expect(next.progress ?? -1).toBeGreaterThanOrEqual(job.progress ?? -1);
    expect(next.finishedAt !== undefined).toBe(isFinal(next.status));
    expect(next.status === "completed" && next.progress !== 100).toBe(false);
    expect(next.status === "completed" && next.error !== undefined).toBe(false);
    if (job.endedBy === "worker") expect([job.status, next.endedBy]).toEqual(["pending-storage", "worker"]);
    job = next;
  }
}

function endOf(events: JobEvent[]): Pick<Job, "status" | "result" | "archive" | "error" | "endedBy"> {
  const job = events.reduce<Job>((before, event) => {
    const reduction = reduceJob(before, event);
    return reduction.applied ? reduction.job : before;
  }, registeredJob());
  const { status, result, archive, error, endedBy } = job;
  return JSON.parse(JSON.stringify({ status, result, archive, error, endedBy }));
}

/** Reads each body once, however often it arrives. */
function createReader(): typeof read {
  const known = new Map<unknown, ReturnType<typeof read>>();
  return (body) => {
    const parsed = known.get(body) ?? read(body);
    known.set(body, parsed);
    return parsed;
  };
}
