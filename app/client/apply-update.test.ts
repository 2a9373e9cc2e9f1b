import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { JobSummary } from "#app/contract/job.ts";
import { applyPage, applyUpdate, removeJob } from "./apply-update.ts";

it("puts the newest state first and replaces the one before it", () => {
  const [a, b] = [job("a", 1), job("b", 2)];
  const jobs = applyPage([], [a, b]);
  expect(jobs).toEqual([b, a]);
  const moved = job("a", 3);
  expect(applyUpdate(jobs, moved)).toEqual([moved, b]);
});

it("gives back the very same list for a state that is not newer", () => {
  const jobs = applyPage([], [job("a", 3), job("b", 2)]);
  for (const old of [job("a", 3), job("a", 2), job("b", 0)]) expect(applyUpdate(jobs, old)).toBe(jobs);
});

it("never changes the list it was given", () => {
  const jobs = Object.freeze([job("b", 2), job("a", 1)]);
  expect(applyUpdate(jobs, job("c", 5))).toHaveLength(3);
  expect(removeJob(jobs, "a")).toHaveLength(1);
});

it("gives back the very same list when the removed job is not in it", () => {
  const jobs = [job("a", 1)];
  expect(removeJob(jobs, "b")).toBe(jobs);
});

it("ends in the newest state of every job, newest first, whatever the order and however often things arrive", () => {
  const state = fc
    .tuple(fc.constantFrom("a", "b", "c", "d"), fc.nat(6))
    .map(([jobId, revision]) => job(jobId, revision));
  const arrivals = fc
    .array(state, { maxLength: 20 })
    .chain((states) =>
      fc.tuple(
        fc.constant(states),
        fc.shuffledSubarray([...states, ...states], { minLength: states.length * 2 }),
      ),
    );
  fc.assert(
    fc.property(arrivals, ([states, arrived]) => {
      const newest = new Map<string, JobSummary>();
      for (const next of states) {
        if (next.revision > (newest.get(next.jobId)?.revision ?? -1)) newest.set(next.jobId, next);
      }
      const expected = [...newest.values()].sort((x, y) => (key(x) < key(y) ? 1 : -1));
      expect(applyPage([], arrived)).toEqual(expected);
      expect(applyPage(applyPage([], states), arrived)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

/** Jobs with the same revision were updated at the same instant: the id then decides. */
function job(jobId: string, revision: number): JobSummary {
  const at = new Date(Date.UTC(2026, 0, 1) + revision * 1000).toISOString();
  return {
    jobId,
    status: "running",
    title: jobId,
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: at,
    revision,
    stallAfterSeconds: 300,
    cancelRequested: false,
  };
}

function key({ updatedAt, jobId }: JobSummary): string {
  return `${updatedAt} ${jobId}`;
}
