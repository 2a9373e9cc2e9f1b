import { expect, it } from "vitest";
import { phaseTimes } from "./phase-times.ts";

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
const phases = [
  { phase: "initializing", startedAt: at(0) },
  { phase: "processing", startedAt: at(4) },
];

it("lets each step last until the next one, and the last one until now", () => {
  expect(phaseTimes(phases, { status: "running" }, Date.parse(at(76)))).toEqual([
    { phase: "initializing", milliseconds: 4_000, isOpen: false },
    { phase: "processing", milliseconds: 72_000, isOpen: true },
  ]);
});

it("ends the last step with the job", () => {
  const times = phaseTimes(phases, { status: "completed", finishedAt: at(10) }, Date.parse(at(500)));
  expect(times.at(-1)).toEqual({ phase: "processing", milliseconds: 6_000, isOpen: false });
});

it("is never negative where a clock is behind, and empty without steps", () => {
  expect(phaseTimes(phases, { status: "running" }, Date.parse(at(2))).at(-1)?.milliseconds).toBe(0);
  expect(phaseTimes([], { status: "running" }, 0)).toEqual([]);
});
