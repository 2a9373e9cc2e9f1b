import { runTexts } from "#app/locales/terminal-run.ts";
import { safeLine } from "../render/safe-line.ts";
import type { Read } from "./option.ts";
import { refuse } from "./readers.ts";

const UNITS = new Map([
  ["s", 1],
  ["m", 60],
  ["h", 3_600],
  ["d", 86_400],
]);
/** Beyond it a timer would fire at once. */
const LONGEST_SECONDS = 14 * 86_400;

/** `90s`, `30m`, `2h`, `1.5h`, `1d`, or plain seconds, as whole milliseconds; above 0, at most 14 days. */
export const readDuration: Read<number> = (text, locale) => {
  const [, number = "", unit = "s"] = /^(\d{1,9}(?:\.\d{1,3})?)(s|m|h|d)?$/.exec(text) ?? [];
  const seconds = Number(number || NaN) * (UNITS.get(unit) ?? 1);
  const isDuration = seconds > 0 && seconds <= LONGEST_SECONDS;
  return isDuration
    ? Math.ceil(seconds * 1000)
    : refuse(locale, runTexts[locale].notADuration({ text: safeLine(text) }));
};
