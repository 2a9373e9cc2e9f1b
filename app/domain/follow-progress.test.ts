import { expect, it } from "vitest";
import type { Job } from "#app/contract/job.ts";
import { newJob } from "./new-job.ts";
import { PHASES_KEPT } from "./follow-progress.ts";
import { reduceJob } from "./reduce-job.ts";

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();

it("takes the pace from the first known progress on, and counts what rises", () => {
  expect(play([{}, { progress: 10 }]).pace).toEqual({ from: 10, since: at(2), at: at(2), steps: 0 });
  const job = play([
    { progress: 10 },
    { progress: 10 },
    { progress: 30 },
    { progress: 20 },
    {},
    { progress: 31 },
  ]);
  expect(job.pace).toEqual({ from: 10, since: at(1), at: at(6), steps: 2 });
});

it("does not count what an old callback tells of progress", () => {
  expect(
    play([
      { progress: 10, seq: 5 },
      { progress: 30, seq: 2 },
    ]).pace?.steps,
  ).toBe(0);
});

it("keeps when each step began; lines of a log, recovered errors and the end are none", () => {
  const job = play([
    { phase: "initializing" },
    { phase: "processing" },
    { phase: "running" },
    { phase: "failed", errorLine: "Seite 3" },
    { phase: "processing" },
    { phase: "postprocessing" },
    { phase: "completed", outcome: "completed" },
  ]);
  expect(job.phases).toEqual([
    { phase: "initializing", startedAt: at(1) },
    { phase: "processing", startedAt: at(2) },
    { phase: "postprocessing", startedAt: at(6) },
  ]);
});

it("keeps the last steps of a worker that calls every page one", () => {
  const { phases } = play(Array.from({ length: 100 }, (_, n) => ({ phase: `page ${n}` })));
  expect(phases?.length).toBe(PHASES_KEPT);
  expect(phases?.at(-1)).toEqual({ phase: "page 99", startedAt: at(100) });
});

type Said = { phase?: string; progress?: number; seq?: number; errorLine?: string; outcome?: "completed" };

/** One report a second. */
function play(reports: readonly Said[]): Job {
  const wanted = { title: "Bericht.pdf", stallAfterSeconds: 300, timeoutSeconds: 3600 };
  const registered = newJob(wanted, { jobId: "job-1", userEmail: "anna@example.org", at: at(0) });
  return reports.reduce<Job>((job, said, n) => {
    const report = { lines: [], ...said };
    const reduction = reduceJob(job, { type: "callback_received", at: at(n + 1), report });
    return reduction.applied ? reduction.job : job;
  }, registered);
}
