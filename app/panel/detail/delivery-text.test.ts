import { expect, it } from "vitest";
import type { CallbackReport } from "#app/contract/callback/report.ts";
import type { JobEvent } from "#app/contract/job-event.ts";
import { deliveryText } from "./delivery-text.ts";
import { detailTextsIn } from "./use-detail-texts.ts";

const AT = "2026-01-01T00:00:00.000Z";

it.each<[Partial<CallbackReport>, string]>([
  [{}, "Lebenszeichen"],
  [{ phase: "ocr", progress: 42.9, message: "Seite 3\n" }, "ocr · 42\u00a0% · Seite 3"],
  [
    {
      lines: [
        { level: "info", message: "a" },
        { level: "info", message: "b" },
      ],
    },
    "2 Zeilen",
  ],
  [
    { outcome: "failed", phase: "error", error: { code: "E1", message: "weg" }, message: "weg" },
    "failed · error · E1 · weg",
  ],
  [{ outcome: "completed", phase: "completed" }, "completed"],
])("says in one line what a callback said: %j", (report, text) => {
  const event: JobEvent = { type: "callback_received", at: AT, report: { lines: [], ...report } };
  expect(deliveryText(event, detailTextsIn("de"))).toBe(text);
});

it("says in our words what jobmon or the owner did", () => {
  const texts = detailTextsIn("en");
  expect(deliveryText({ type: "cancel_requested", at: AT }, texts)).toBe("Cancel requested");
  expect(deliveryText({ type: "silence_exceeded", at: AT }, texts)).toBe("No callback for too long");
});
