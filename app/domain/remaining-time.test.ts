import { expect, it } from "vitest";
import type { JobSummary } from "#app/contract/job.ts";
import { remainingTime } from "./remaining-time.ts";

const BEGIN = Date.UTC(2026, 0, 1);
const at = (second: number): string => new Date(BEGIN + second * 1000).toISOString();

it("knows nothing before 15 seconds, before two steps, and without a progress", () => {
  expect(remaining(running(), 60)?.kind).toBe("range");
  expect(remaining(running({ startedAt: at(46) }), 60)).toBeUndefined();
  expect(remaining(running({ pace: { from: 10, since: at(10), at: at(60), steps: 1 } }), 60)).toBeUndefined();
  const { progress: _, pace: __, ...unknown } = running();
  expect(remaining(unknown, 60)).toBeUndefined();
});

it.each<[string, Partial<JobSummary>]>([
  ["waits", { status: "queued" }],
  ["is being stored", { status: "pending-storage" }],
  ["has ended", { status: "completed" }],
  ["has gone silent", { lastCallbackAt: at(0), stallAfterSeconds: 30 }],
  ["is to be canceled", { cancelRequested: true }],
])("says nothing of a job that %s", (_, fields) => {
  expect(remaining(running(fields), 60)).toBeUndefined();
});

it("goes by the pace of the job where it has no history", () => {
  // 40 of 90 percent in 50 seconds: the other 50 take 62.5, a little more or less.
  const range = remaining(running(), 60);
  expect(range).toMatchObject({ kind: "range" });
  if (range?.kind !== "range") return;
  expect(range.low).toBeLessThan(62.5);
  expect(range.high).toBeGreaterThan(62.5);
  expect((range.low + range.high) / 2).toBeCloseTo(62.5);
});

it("is narrower the more steps there were", () => {
  const width = (steps: number): number => {
    const range = remaining(running({ pace: { from: 10, since: at(10), at: at(60), steps } }), 60);
    return range?.kind === "range" ? range.high - range.low : NaN;
  };
  expect(width(50)).toBeLessThan(width(2));
});

it("leans on the others of its kind at first and on its own pace in the end", () => {
  const usual = { count: 9, low: 600, median: 650, high: 700 };
  const early = remaining(running({ progress: 12, usual }), 60);
  const late = remaining(running({ progress: 97, usual }), 60);
  expect(early?.kind === "range" && early.low > 400).toBe(true);
  expect(late?.kind === "range" && late.high < 60).toBe(true);
  expect(remaining(running({ usual: { ...usual, count: 2 } }), 60)).toEqual(remaining(running(), 60));
});

it("counts down while nothing is heard, and then says that it takes longer, never less than nothing", () => {
  const seconds = [60, 90, 120, 300].map((now) => remaining(running({ stallAfterSeconds: 900 }), now));
  expect(seconds.map((left) => left?.kind)).toEqual(["range", "range", "range", "overdue"]);
  for (const left of seconds) if (left?.kind === "range") expect(left.low).toBeGreaterThanOrEqual(0);
});

/** At 50 percent, after 10 at second 10, in eight steps. */
function running(fields: Partial<JobSummary> = {}): JobSummary {
  return {
    jobId: "job-1",
    title: "Bericht.pdf",
    status: "running",
    createdAt: at(0),
    startedAt: at(0),
    updatedAt: at(60),
    lastCallbackAt: at(60),
    revision: 9,
    stallAfterSeconds: 300,
    cancelRequested: false,
    progress: 50,
    pace: { from: 10, since: at(10), at: at(60), steps: 8 },
    ...fields,
  };
}

function remaining(job: JobSummary, second: number) {
  return remainingTime(job, BEGIN + second * 1000);
}
