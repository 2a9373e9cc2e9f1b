import type { CallbackBody } from "./body.ts";
import { isFields } from "#app/contract/fields.ts";

/**
 * Percent from the three places workers put it: `progress` (a number, or an object with `percent`),
 * `data.progress`, or `current` of `total`. Clamped to 0–100, undefined where nobody knows.
 */
export function readProgress(body: CallbackBody): number | undefined {
  const { progress, data, current, total } = body;
  if (typeof progress === "number") return clamp(progress);
  if (isFields(progress)) return clamp(progress.percent);
  if (isFields(data) && typeof data.progress === "number") return clamp(data.progress);
  if (typeof current === "number" && typeof total === "number" && total > 0) {
    return clamp((100 * current) / total);
  }
  return undefined;
}

/** „38/91 Seiten“: what a counting worker means when it sends no message. */
export function countText({ current, total, unit }: CallbackBody): string | undefined {
  if (typeof current !== "number") return undefined;
  const count = typeof total === "number" ? `${current}/${total}` : `${current}`;
  return unit ? `${count} ${unit}` : count;
}

function clamp(percent: number): number {
  return Math.min(100, Math.max(0, percent));
}
