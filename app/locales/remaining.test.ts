import { expect, it } from "vitest";
import { formatRemaining } from "./remaining.ts";

it.each([
  [12, 38, "noch 10–40 Sek.", "10–40 sec left"],
  [0, 4, "noch unter 10 Sek.", "under 10 sec left"],
  [130, 170, "noch etwa 3 Min.", "about 3 min left"],
  [130, 185, "noch 2–4 Min.", "2–4 min left"],
  [20, 70, "noch unter 2 Min.", "under 2 min left"],
  [2_800, 3_200, "noch 46–54 Min.", "46–54 min left"],
  [4_000, 9_000, "noch 1–3 Std.", "1–3 hr left"],
])("writes %d to %d seconds as %s", (low, high, german, english) => {
  expect(formatRemaining({ kind: "range", low, high }, "de")).toBe(german);
  expect(formatRemaining({ kind: "range", low, high }, "en")).toBe(english);
});

it("says that it takes longer", () => {
  expect(formatRemaining({ kind: "overdue" }, "de")).toBe("länger als üblich");
});
