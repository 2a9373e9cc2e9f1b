import { expect, it } from "vitest";
import { isBehind, positionAfter } from "./position.ts";

it.each([
  ["k.5", "k.5", false],
  ["k.6", "k.5", false],
  ["k.9", "k.10", true],
  ["k.9007199254740992", "k.9007199254740993", true],
  ["k.9", "other.1", true],
  [undefined, "k.5", false],
  ["k.5", undefined, false],
  ["k.5", "nonsense", false],
])("at %s, what is at %s is still to be seen: %s", (position, head, expected) => {
  expect(isBehind(position, head)).toBe(expected);
});

it("moves with changes, ready and reset, and with nothing else", () => {
  expect(positionAfter("k.1", { event: "job_removed", data: { jobId: "a" }, id: "k.2" })).toBe("k.2");
  expect(positionAfter("k.1", { event: "job_removed", data: { jobId: "a" } })).toBe("k.1");
  expect(positionAfter(undefined, { event: "ready", data: { head: "k.3" } })).toBe("k.3");
  expect(positionAfter("k.9", { event: "reset", data: { head: "new.0" } })).toBe("new.0");
  expect(positionAfter("k.1", { event: "heartbeat", data: { head: "k.7" } })).toBe("k.1");
  expect(positionAfter("k.1", { event: "bye", data: { retry: 5 } })).toBe("k.1");
});
