import { expect, it } from "vitest";
import { createQuestionRate } from "./question-rate.ts";

it.each([
  [1, 1],
  [10, 1],
  [45, 4.5],
  [1_000, 100],
])(
  "while %i jobs are not final, %d questions a second are put on average, however many wait",
  (jobs, perSecond) => {
    const { advance, taken } = rate({ burst: 4 });
    taken(jobs);
    let count = 0;
    for (let quarter = 0; quarter < 400; quarter++) {
      advance(250);
      count += taken(jobs);
    }
    expect(count).toBe(100 * perSecond);
  },
);

it("after a quiet time so many at once as may be open, not all that were saved up", () => {
  const { advance, taken } = rate({ burst: 4 });
  advance(3_600_000);
  expect([taken(1), taken(1)]).toEqual([4, 0]);
});

it("no question is given for a clock that went back", () => {
  const { advance, taken } = rate({ burst: 4 });
  taken(10);
  advance(-60_000);
  expect(taken(10)).toBe(0);
  advance(1_000);
  expect(taken(10)).toBe(1);
});

function rate({ burst }: { burst: number }) {
  let now = 1_000_000;
  const { takes } = createQuestionRate({ clock: () => now, burst });
  return {
    advance: (ms: number) => void (now += ms),
    /** How many questions may be put now. */
    taken(jobs: number): number {
      let count = 0;
      while (takes(jobs)) count += 1;
      return count;
    },
  };
}
