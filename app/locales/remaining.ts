import type { Remaining } from "#app/domain/remaining-time.ts";
import { rowTexts } from "./job-row.ts";
import type { Locale } from "./locale.ts";
import { formatSpan } from "./time.ts";

const UNITS = [
  { below: 55, step: 10 },
  { below: 55 * 60, step: 60 },
  { below: Infinity, step: 3_600 },
] as const;

/**
 * „noch 2–3 Min.“, „noch etwa 3 Min.“, „noch unter 20 s“, „länger als üblich“. Seconds in tens, then whole minutes, then
 * hours, the range never narrower than it was estimated.
 */
export function formatRemaining(remaining: Remaining, locale: Locale): string {
  const texts = rowTexts[locale].remaining;
  if (remaining.kind === "overdue") return texts.overdue;
  const { step } = UNITS.find(({ below }) => remaining.high < below) ?? UNITS[2];
  const high = Math.max(1, Math.ceil(remaining.high / step)) * step;
  const low = Math.floor(remaining.low / step) * step;
  const highText = formatSpan(high, locale);
  if (low === 0) return texts.under({ high: highText });
  const middle = Math.round((remaining.low + remaining.high) / 2 / step) * step;
  if (high - low <= step) return texts.about({ high: formatSpan(middle, locale) });
  return texts.range({ low: String(low / (step === 10 ? 1 : step)), high: highText });
}
