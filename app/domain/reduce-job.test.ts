import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { translateCallback } from "#app/contract/callback/translate-callback.ts";
import { type Job, jobSchema } from "#app/contract/job.ts";
import { newJob } from "./new-job.ts";
import { reduceJob } from "./reduce-job.ts";

const BEGIN = Date.parse("2026-01-01T00:00:00.000Z");

describe("a callback", () => {
  it("makes a queued job run, and is a sign of life", () => {
    expect(after({})).toMatchObject({
      status: "running",
      revision: 1,
      startedAt: at(1),
      lastCallbackAt: at(1),
      updatedAt: at(1),
    });
  });

  it("that says the job still waits leaves it queued", () => {
    const job = after({ status: "queued" });
    expect(job).toMatchObject({ status: "queued", lastCallbackAt: at(1) });
    expect(job).not.toHaveProperty("startedAt");
  });

  it("that says a running job waits does not send it back", () => {
    expect(after({ progress: 5 }, { phase: "pending", data: { progress: 0 } })).toMatchObject({
      status: "running",
      progress: 5,
    });
  });

  it("raises the revision by one and leaves its argument alone", () => {
    const job = Object.freeze(registered());
    expect(apply(job, {}, 1).revision).toBe(1);
    expect(job.revision).toBe(0);
  });

  it("keeps phase and message that the next one does not mention", () => {
    expect(after({ phase: "processing", message: "Seite 1" }, { progress: 3 })).toMatchObject({
      phase: "processing",
      message: "Seite 1",
    });
  });

  it("tells the number of the worker's process, the first one it named", () => {
    expect(after({ process: { id: "job-1" } }, { process: { id: "job-2" } }).processId).toBe("job-1");
  });

  it("adds its lines to the count", () => {
    expect(after({ message: "eins" }, {}, { logs: ["zwei", "drei"] }).logCount).toBe(3);
  });
});

describe("progress", () => {
  it("is unknown until somebody says it, and stays so", () => {
    expect(after({ message: "los" }, { phase: "processing" })).not.toHaveProperty("progress");
  });

  it("never goes back", () => {
    expect(after({ progress: 40 }, { progress: 5 }).progress).toBe(40);
    expect(after({ progress: 40 }, { progress: 5 }, { progress: 41 }).progress).toBe(41);
  });

  it("does not get lost by a callback without one", () => {
    expect(after({ progress: 5 }, { message: "x" }).progress).toBe(5);
  });

  it("is 100 when the job is completed", () => {
    expect(after({ progress: 42 }, { phase: "completed", data: {} })).toMatchObject({
      status: "completed",
      progress: 100,
      finishedAt: at(2),
    });
  });

  it("of 100 does not complete a job", () => {
    expect(after({ progress: 100 })).toMatchObject({ status: "running", progress: 100 });
  });

  it("stays where it was when the job fails", () => {
    expect(after({ progress: 42 }, { error: "kaputt" })).toMatchObject({ status: "failed", progress: 42 });
  });
});

describe("the phase failed", () => {
  it("is no end: the job runs on and can still complete", () => {
    const failed = { phase: "failed", message: "Fehler bei OCR für Seite 37" };
    expect(after(failed).status).toBe("running");
    expect(after(failed, { phase: "running", progress: 50 }).status).toBe("running");
    expect(after(failed, { phase: "completed" })).toMatchObject({ status: "completed" });
    expect(after(failed, { phase: "completed" })).not.toHaveProperty("error");
  });

  it("is remembered as the last error", () => {
    const job = after({ phase: "failed", message: "eins" }, { phase: "failed", message: "zwei" }, {});
    expect(job.lastError).toBe("zwei");
  });
});

describe("the worker's last word", () => {
  const finals = [
    { phase: "completed", data: { extracted_text: "x" } },
    { phase: "error", error: { code: "E1", message: "kaputt" } },
    { status: "canceled" },
  ];
  it.each(finals)("%j is final: nothing that comes later is applied", (final) => {
    const job = after({ progress: 5 }, final);
    const late = [{}, { progress: 99 }, { phase: "running" }, { phase: "failed", message: "x" }, ...finals];
    for (const body of late) {
      expect(receive(job, body, 9)).toEqual({ applied: false, reason: "after_final" });
    }
  });

  it("carries the error in the worker's words", () => {
    const error = { code: "RuntimeError", message: "no audio", details: { traceback: "…" } };
    expect(after({ phase: "error", message: "Fehler", error })).toMatchObject({
      status: "failed",
      endedBy: "worker",
      error,
    });
  });

  it("counts even as the very first callback", () => {
    expect(after({ data: { extracted_text: "x" } })).toMatchObject({ status: "completed", startedAt: at(1) });
  });
});

describe("the worker's own order", () => {
  it("wins over the order of arrival, but no line is lost", () => {
    const job = after({ seq: 2, message: "zwei", progress: 20 }, { seq: 1, message: "eins", progress: 10 });
    expect(job).toMatchObject({
      message: "zwei",
      progress: 20,
      lastSeq: 2,
      logCount: 2,
      lastCallbackAt: at(2),
    });
  });

  it("tells the same callback sent twice", () => {
    const job = after({ seq: 2, progress: 20 });
    expect(receive(job, { seq: 2, progress: 20 }, 2)).toEqual({ applied: false, reason: "duplicate" });
  });

  it("never keeps an end away", () => {
    expect(after({ seq: 5 }, { seq: 4, phase: "completed" }).status).toBe("completed");
  });
});

describe("silence", () => {
  it("fails a job with the last remembered error line as the reason", () => {
    const job = after({ phase: "failed", message: "Fehler bei der Verarbeitung: x" }, { progress: 95 });
    expect(silent(job)).toMatchObject({
      status: "failed",
      endedBy: "jobmon",
      progress: 95,
      error: { code: "no_callback", message: "Fehler bei der Verarbeitung: x" },
      finishedAt: at(10_000),
    });
  });

  it("fails a job that has never reported, and says so", () => {
    expect(silent(registered())).toMatchObject({ status: "failed", error: { code: "no_callback" } });
    expect(silent(registered()).error?.message).not.toBe("");
  });

  it("is no end: the worker's next word revives the job", () => {
    const dead = silent(after({ progress: 5 }));
    const revived = apply(dead, { progress: 6 }, 10_001);
    expect(revived).toMatchObject({ status: "running", progress: 6, startedAt: at(1) });
    for (const gone of ["error", "finishedAt", "endedBy"]) expect(revived).not.toHaveProperty(gone);
  });

  it("gives way to the worker's own end", () => {
    expect(apply(silent(after({})), { phase: "completed" }, 10_001)).toMatchObject({ status: "completed" });
  });

  it("changes nothing about a job that has ended", () => {
    for (const job of [after({ phase: "completed" }), after({ error: "x" }), silent(after({}))]) {
      expect(reduceJob(job, { type: "silence_exceeded", at: at(20_000) })).toEqual({
        applied: false,
        reason: "after_final",
      });
    }
  });
});

describe("a cancellation", () => {
  it("of a job that has never reported ends it at once", () => {
    expect(canceled(registered())).toMatchObject({
      status: "canceled",
      cancelRequested: true,
      endedBy: "owner",
      finishedAt: at(50),
    });
  });

  it("of a running job only asks the worker", () => {
    const job = canceled(after({ progress: 5 }));
    expect(job).toMatchObject({ status: "running", cancelRequested: true, revision: 2 });
    expect(job).not.toHaveProperty("finishedAt");
  });

  it("is confirmed by the worker", () => {
    const job = apply(canceled(after({})), { status: "canceled" }, 60);
    expect(job).toMatchObject({ status: "canceled", endedBy: "worker" });
  });

  it("loses against a worker that finishes instead, running or not yet begun", () => {
    for (const job of [canceled(after({})), canceled(registered())]) {
      expect(apply(job, { phase: "completed" }, 60)).toMatchObject({ status: "completed" });
    }
  });

  it("that ended a job is not undone by a callback that is no end", () => {
    expect(receive(canceled(registered()), { progress: 5 }, 60)).toMatchObject({ applied: false });
  });

  it("is asked for once", () => {
    const job = canceled(after({}));
    expect(reduceJob(job, { type: "cancel_requested", at: at(51) })).toMatchObject({ applied: false });
  });

  it("of a job that has ended changes nothing", () => {
    for (const job of [after({ phase: "completed" }), after({ error: "x" }), silent(after({}))]) {
      expect(reduceJob(job, { type: "cancel_requested", at: at(20_000) })).toEqual({
        applied: false,
        reason: "after_final",
      });
    }
  });
});

describe("in any order, with any repetition", () => {
  const line = fc.oneof(
    fc.constant({}),
    fc.record({
      phase: fc.constantFrom("processing", "running", "failed"),
      message: fc.constantFrom("a", "b"),
    }),
    fc.record({ progress: fc.integer({ min: -5, max: 120 }) }),
    fc.record({ phase: fc.constant("progress"), data: fc.record({ progress: fc.nat(100) }) }),
    fc.record({ status: fc.constantFrom("queued", "running") }),
    fc.record({ seq: fc.nat(5), progress: fc.nat(100) }),
  );
  const final = fc.constantFrom<object>(
    { phase: "completed", data: { extracted_text: "x" } },
    { phase: "error", message: "Fehler", error: { code: "E1", message: "kaputt", details: { page: 3 } } },
    { status: "failed" },
    { status: "canceled" },
  );

  it("the same callbacks end in the same status, progress of an end, and error", () => {
    const dialogue = fc.tuple(fc.array(line, { maxLength: 12 }), final).chain(([lines, end]) => {
      const all = [...lines, end];
      const rest = fc.array(fc.constantFrom(...all), { maxLength: 6 });
      const shuffled = rest.chain((more) =>
        fc.shuffledSubarray([...all, ...more], { minLength: all.length + more.length }),
      );
      return fc.record({ told: fc.constant(all), arrived: shuffled });
    });
    fc.assert(
      fc.property(dialogue, ({ told, arrived }) => {
        const [a, b] = [after(...told), after(...arrived)];
        expect([b.status, b.error, b.endedBy]).toEqual([a.status, a.error, a.endedBy]);
        expect([a, b].every(({ status, progress }) => status !== "completed" || progress === 100)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("progress never goes back, the revision grows by one, and every state satisfies the schema", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 5, arbitrary: line }, final)), (bodies) => {
        bodies.reduce<Job>((job, body, index) => {
          const reduction = receive(job, body, index + 1);
          if (!reduction.applied) return job;
          const next = reduction.job;
          expect(jobSchema.parse(next)).toEqual(next);
          expect(next.revision).toBe(job.revision + 1);
          expect(next.logCount).toBe(job.logCount + reduction.logs.length);
          expect(next.progress ?? -1).toBeGreaterThanOrEqual(job.progress ?? -1);
          return next;
        }, registered());
      }),
      { numRuns: 500 },
    );
  });
});

function at(second: number): string {
  return new Date(BEGIN + second * 1000).toISOString();
}

function registered(): Job {
  const request = { title: "Bericht.pdf", stallAfterSeconds: 300, timeoutSeconds: 3600 };
  return newJob(request, { jobId: "job-1", userEmail: "anna@example.org", at: at(0) });
}

function receive(job: Job, body: object, second: number) {
  const translated = translateCallback(body);
  if ("fault" in translated) throw new Error(translated.fault.message);
  return reduceJob(job, { type: "callback_received", at: at(second), report: translated.report });
}

/** The job after a callback; one that is not applied changes nothing. */
function apply(job: Job, body: object, second: number): Job {
  const reduction = receive(job, body, second);
  return reduction.applied ? reduction.job : job;
}

/** A new job after these callbacks, one a second. */
function after(...bodies: object[]): Job {
  return bodies.reduce<Job>((job, body, index) => apply(job, body, index + 1), registered());
}

function silent(job: Job): Job {
  return changed(job, { type: "silence_exceeded", at: at(10_000) });
}

function canceled(job: Job): Job {
  return changed(job, { type: "cancel_requested", at: at(50) });
}

function changed(job: Job, event: Parameters<typeof reduceJob>[1]): Job {
  const reduction = reduceJob(job, event);
  if (!reduction.applied) throw new Error(`${event.type}: ${reduction.reason}`);
  return reduction.job;
}
