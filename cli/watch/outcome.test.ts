import { expect, test } from "vitest";
import type { JobSummary } from "#app/contract/job.ts";
import { exampleJob, NOW } from "../render/example-job.ts";
import { createOutcome, type Goal } from "./outcome.ts";

const [A, B] = ["aaaaaaaa-1", "bbbbbbbb-2"];
const silent = { code: "no_callback", message: "" };

test.each<[Goal, Partial<JobSummary>[], number | undefined, string]>([
  [{ named: [A] }, [{ jobId: A }], undefined, "one that runs"],
  [{ named: [A] }, [{ jobId: A, status: "completed" }], 0, "one that has completed"],
  [{ named: [A] }, [{ jobId: A, status: "pending-storage" }], undefined, "one whose files are still stored"],
  [{ named: [A] }, [{ jobId: A, status: "failed" }], 3, "one that has failed"],
  [{ named: [A] }, [{ jobId: A, status: "canceled" }], 6, "one that was canceled"],
  [{ named: [A] }, [{ jobId: A, status: "failed", error: silent }], 7, "one that fell silent for good"],
  [
    { named: [A] },
    [{ jobId: A, lastCallbackAt: at(-301) }],
    undefined,
    "one that is silent and may come back",
  ],
  [{ named: [A], failFast: true }, [{ jobId: A, lastCallbackAt: at(-301) }], 7, "the same with --fail-fast"],
  [{ named: [A, B] }, [{ jobId: A, status: "failed" }, { jobId: B }], undefined, "one of two"],
  [{ named: [A, B] }, [{ jobId: A, status: "failed" }], undefined, "one of two, the other not there yet"],
  [
    { named: [A, B] },
    [
      { jobId: A, status: "canceled" },
      { jobId: B, status: "failed" },
    ],
    3,
    "the gravest of two",
  ],
  [
    { named: [A, B], failFast: true },
    [{ jobId: A, status: "canceled" }, { jobId: B }],
    6,
    "the first bad one",
  ],
  [
    { named: [A, B], failFast: true },
    [{ jobId: A, status: "completed" }, { jobId: B }],
    undefined,
    "a good one first",
  ],
  [{ named: [A, B], any: true }, [{ jobId: A, status: "failed" }, { jobId: B }], 3, "any, and it has failed"],
  [
    { named: [A, B], any: true, mustComplete: true },
    [{ jobId: A, status: "failed" }, { jobId: B }],
    undefined,
    "any that completes",
  ],
  [
    { named: [A, B], any: true, mustComplete: true },
    [
      { jobId: A, status: "failed" },
      { jobId: B, status: "completed" },
    ],
    0,
    "any that completes, and it has",
  ],
  [
    { named: [A, B], mustComplete: true },
    [{ jobId: A, status: "canceled" }, { jobId: B }],
    6,
    "all must complete, and one cannot",
  ],
  [{}, [], 0, "nothing runs"],
  [{}, [{ jobId: A, status: "failed" }], 0, "what had ended before is nobody's concern"],
  [{}, [{ jobId: A }, { jobId: A, status: "failed" }], 3, "what ended meanwhile is"],
  [{ named: ["aaaa"] }, [{ jobId: A, status: "failed" }], 3, "a job that began after it was named"],
])("%j %j decides %s: %s", (goal, jobs, code) => {
  const outcome = createOutcome(goal);
  for (const job of jobs) outcome.see(exampleJob(job));
  expect(outcome.decide(NOW)).toBe(code);
});

test("a failure that the worker's next word revives is no end", () => {
  const outcome = createOutcome({ named: [A] });
  outcome.see(exampleJob({ jobId: A, status: "failed", error: silent }));
  outcome.see(exampleJob({ jobId: A }));
  expect(outcome.decide(NOW)).toBeUndefined();
  outcome.see(exampleJob({ jobId: A, status: "completed" }));
  expect(outcome.decide(NOW)).toBe(0);
});

test("a named job that is removed is not found", () => {
  const outcome = createOutcome({ named: [A] });
  outcome.see(exampleJob({ jobId: A }));
  outcome.remove(A);
  expect(outcome.decide(NOW)).toBe(5);
});

test("a name that no job has yet is taken by the first that begins with it, and by that one only", () => {
  const outcome = createOutcome({ named: ["aaaa"] });
  expect(outcome.missing()).toEqual(["aaaa"]);
  outcome.see(exampleJob({ jobId: "aaaa-1" }));
  outcome.see(exampleJob({ jobId: "aaaa-2", status: "failed" }));
  expect(outcome.missing()).toEqual([]);
  expect(outcome.decide(NOW)).toBeUndefined();
});

function at(seconds: number): string {
  return new Date(NOW + seconds * 1000).toISOString();
}
