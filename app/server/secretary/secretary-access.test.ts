import { expect, it } from "vitest";
import { createCircuitBreaker } from "./circuit-breaker.ts";
import { createQuestionRate } from "./question-rate.ts";
import { createSecretaryAccess } from "./secretary-access.ts";

it("lets questions through by their rate while the Secretary answers", () => {
  const { access, advance } = opened();
  expect([taken(access), access.state()]).toEqual([2, "ok"]);
  advance(1_000);
  expect(taken(access)).toBe(1);
});

it("lets one through a pause while it does not, and all again after an answer", () => {
  const { access, advance } = opened();
  for (let n = 0; n < 5; n++) access.failed();
  expect([taken(access), access.state()]).toEqual([0, "unreachable"]);
  advance(30_000);
  expect(taken(access)).toBe(1);
  access.succeeded();
  expect([taken(access), access.state()]).toEqual([1, "ok"]);
});

it("lets none through for good once the key was refused, and says so once", () => {
  const { access, advance, refusals } = opened();
  access.refuse(403);
  access.refuse(401);
  access.succeeded();
  advance(3_600_000);
  expect([taken(access), access.state(), refusals]).toEqual([0, "refused", [403]]);
});

type Access = ReturnType<typeof createSecretaryAccess>;

function opened() {
  let now = 1_000_000;
  const clock = (): number => now;
  const refusals: number[] = [];
  const access = createSecretaryAccess({
    breaker: createCircuitBreaker({ clock, pauseMs: 30_000 }),
    rate: createQuestionRate({ clock, burst: 2 }),
    onRefused: (status) => refusals.push(status),
  });
  return { access, refusals, advance: (ms: number) => void (now += ms) };
}

/** How many questions may be put now, while one job is not final. */
function taken(access: Access): number {
  let count = 0;
  while (access.takes(1)) count += 1;
  return count;
}
