import { describe, expect, it } from "vitest";
import { translateCallback } from "#app/contract/callback/translate-callback.ts";
import type { Source } from "#app/contract/asked.ts";
import { registerRequestSchema } from "#app/contract/http.ts";
import type { Job } from "#app/contract/job.ts";
import { newJob } from "./new-job.ts";
import { reduceJob } from "./reduce-job.ts";
import { askAt } from "./when-to-ask.ts";

const PROCESS = "job-0b6a3a52-8f0e-4a4c-9a53-1d3f0a2b7c11";

describe("the Secretary is asked", () => {
  it("30 s after the last word, or after the registration", () => {
    expect(dueAt(job())).toBe(30);
    expect(dueAt(heard(job(), { progress: 5 }, 100))).toBe(130);
    expect(dueAt(job({ checkAfterSeconds: 7 }))).toBe(7);
  });

  it("3 s after the words of a dying job: an error line, or 95 % after one", () => {
    const error = heard(job(), { phase: "failed", message: "EOF" }, 10);
    expect(dueAt(error)).toBe(13);
    expect(dueAt(heard(error, { phase: "postprocessing", progress: 95 }, 11))).toBe(14);
    expect(dueAt(heard(error, { phase: "processing", progress: 40 }, 11))).toBe(41);
    expect(dueAt(heard(job(), { progress: 95 }, 11))).toBe(41);
  });

  it("after growing pauses of 30 s to 5 min while it is at it", () => {
    let asked = heard(job(), { progress: 5 }, 0);
    const pauses: number[] = [];
    for (let second = 30; pauses.length < 7; second = dueAt(asked) ?? second) {
      asked = heard(asked, { phase: "running", data: { progress: 42 } }, second, "asked");
      pauses.push(Math.round((dueAt(asked) ?? 0) - second));
    }
    const nominal = [30, 60, 120, 240, 300, 300, 300];
    for (const [n, pause] of pauses.entries()) {
      expect(Math.abs(pause - (nominal[n] ?? 0))).toBeLessThanOrEqual((nominal[n] ?? 0) / 10);
    }
    expect(asked).toMatchObject({ status: "running", asked: { answer: "alive", count: 7, progress: 42 } });
  });

  it("soon again about a dying job that is still at it", () => {
    const dying = heard(job(), { phase: "failed", message: "EOF" }, 10);
    const asked = heard(dying, { phase: "running", data: { progress: 40 } }, 13, "asked");
    expect(dueAt(asked)).toBeCloseTo(16, 0);
  });

  it("in time before the job would be given up", () => {
    expect(dueAt(job({ timeoutSeconds: 10 }))).toBe(5);
    const asked = heard(job({ timeoutSeconds: 10 }), { phase: "running" }, 5, "asked");
    expect(dueAt(asked)).toBe(10);
  });

  it("again from the beginning after a word of the worker itself", () => {
    const asked = heard(job(), { phase: "running" }, 30, "asked");
    const told = heard(asked, { progress: 50 }, 40);
    expect(told).not.toHaveProperty("asked");
    expect(dueAt(told)).toBe(70);
  });

  it("never about a job that has ended, or whose process has no number of the Secretary's", () => {
    expect(askAt(heard(job(), { phase: "completed", data: { extracted_text: "x" } }, 1))).toBeUndefined();
    expect(askAt(job({ processId: "job-1" }))).toBeUndefined();
    expect(askAt(job({ processId: `${PROCESS}/../x` }))).toBeUndefined();
  });

  it("for one more day about a job that was given up, unless it knows no such job", () => {
    const given = step(job({ timeoutSeconds: 60 }), { type: "silence_exceeded", at: at(60) });
    expect(dueAt(given)).toBe(30);
    const away = { type: "secretary_asked", answer: "unreachable" } as const;
    expect(dueAt(step(given, { ...away, at: at(90) }))).toBeCloseTo(120, 0);
    expect(askAt(step(given, { ...away, at: at(60 + 25 * 3600) }))).toBeUndefined();
    expect(askAt(step(given, { ...away, answer: "unknown", at: at(90) }))).toBeUndefined();
  });
});

describe("an answer", () => {
  it("that it is at it is a sign of life, and revives a job that was given up", () => {
    const given = step(job({ timeoutSeconds: 60 }), { type: "silence_exceeded", at: at(60) });
    const revived = heard(given, { phase: "running", data: { progress: 42 } }, 70, "asked");
    expect(revived).toMatchObject({ status: "running", lastCallbackAt: at(70), progress: 42 });
  });

  it("that is an end is the worker's own", () => {
    const ended = heard(job(), { phase: "error", error: { code: "E", message: "kaputt" } }, 30, "asked");
    expect(ended).toMatchObject({
      status: "failed",
      endedBy: "worker",
      asked: { answer: "failed", since: at(0), at: at(30) },
    });
    expect(reduceJob(ended, said({ progress: 1 }, 31))).toEqual({ applied: false, reason: "after_final" });
  });

  it("that it knows no such job is no sign of life and no end, but named when the job is given up", () => {
    const unknown = { type: "secretary_asked", at: at(30), answer: "unknown" } as const;
    const asked = step(job({ timeoutSeconds: 60 }), unknown);
    expect(asked).toMatchObject({ status: "queued", asked: { answer: "unknown" } });
    expect(asked).not.toHaveProperty("lastCallbackAt");
    expect(step(asked, { type: "silence_exceeded", at: at(60) })).toMatchObject({
      error: { message: "no callback for 60 s (Secretary: Job nicht gefunden)" },
    });
  });
});

it("a host that tells the number of the process leaves the job waiting; the worker's own number wins", () => {
  const other = PROCESS.replace("0b", "1c");
  const told = heard(job({}, undefined), { process: { id: PROCESS } }, 1);
  expect(told).toMatchObject({ status: "queued", processId: PROCESS });
  expect(heard(told, { progress: 1, process: { id: other } }, 2).processId).toBe(other);
  expect(heard(told, { progress: 1, process: { id: "useless" } }, 2).processId).toBe(PROCESS);
});

function job(fields: Partial<Job> = {}, processId: string | undefined = PROCESS): Job {
  const request = registerRequestSchema.parse({ title: "Bericht.pdf", processId });
  return { ...newJob(request, { jobId: "j-1", userEmail: "anna@example.org", at: at(0) }), ...fields };
}

function at(second: number): string {
  return new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
}

function said(body: unknown, second: number, source?: Source): Parameters<typeof reduceJob>[1] {
  const translated = translateCallback(body);
  if ("fault" in translated) throw new Error(translated.fault.message);
  const { report } = translated;
  return { type: "callback_received", at: at(second), report, ...(source && { source }) };
}

function heard(before: Job, body: unknown, second: number, source?: Source): Job {
  return step(before, said(body, second, source));
}

function step(before: Job, event: Parameters<typeof reduceJob>[1]): Job {
  const reduction = reduceJob(before, event);
  if (!reduction.applied) throw new Error(reduction.reason);
  return reduction.job;
}

function dueAt(of: Job): number | undefined {
  const due = askAt(of);
  return due === undefined ? undefined : (Date.parse(due) - Date.parse(at(0))) / 1000;
}
