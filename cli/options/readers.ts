import { withoutSlashesBehind } from "#app/contract/without-slashes-behind.ts";
import type { Locale } from "#app/locales/locale.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import { CliError } from "../cli-error.ts";
import { EXIT } from "../exit-codes.ts";
import { safeLine } from "../render/safe-line.ts";
import type { Read } from "./option.ts";

type UsageTexts = (typeof terminalTexts)["de"]["usage"];

/** Refuses a command line (2) with a sentence about what stands there, or a word of the usage texts. */
export function refuse(locale: Locale, says: string | ((usage: UsageTexts) => string)): never {
  const { usage } = terminalTexts[locale];
  const message = typeof says === "string" ? says : says(usage);
  throw new CliError({ message, hint: usage.hint }, EXIT.usage);
}

/** A whole number in plain digits, from `least` to `most`. */
function whole(text: string, least: number, most: number): number | undefined {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : -1;
  return number >= least && number <= most ? number : undefined;
}

/** 0 to 65535. */
export const readPort: Read<number> = (text, locale) =>
  whole(text, 0, 65_535) ?? refuse(locale, (usage) => usage.notAPort({ value: safeLine(text) }));

/** How many lines or jobs: `least` (1) to `most`. */
export function readCount(most: number, least = 1): Read<number> {
  return (text, locale) =>
    whole(text, least, most) ?? refuse(locale, (usage) => usage.notACount({ value: safeLine(text), most }));
}

/** A factor above 0. */
export const readSpeed: Read<number> = (text, locale) =>
  Number(text) > 0 ? Number(text) : refuse(locale, (usage) => usage.notASpeed({ value: safeLine(text) }));

/** An http or https address, without the slash at its end. */
export const readUrl: Read<string> = (text, locale) => {
  const isHttp = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  return isHttp
    ? withoutSlashesBehind(text)
    : refuse(locale, (usage) => usage.notAUrl({ value: safeLine(text) }));
};

/** One of a few words. */
export function readOneOf<Choice extends string>(choices: readonly Choice[]): Read<Choice> {
  return (text, locale) =>
    choices.find((choice) => choice === text) ??
    refuse(locale, (usage) => usage.notOneOf({ value: safeLine(text), choices: choices.join(", ") }));
}

const UNITS_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90s`, `30m`, `1h30m`, or plain seconds; in milliseconds. */
function durationMs(text: string): number | undefined {
  if (/^\d{1,8}(\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (!/^(\d{1,8}(\.\d{1,20})?(ms|s|m|h|d))+$/.test(text)) return undefined;
  const parts = text.matchAll(/(\d{1,8}(?:\.\d{1,20})?)(ms|s|m|h|d)/g);
  return [...parts].reduce((sum, [, number, unit = ""]) => sum + Number(number) * (UNITS_MS[unit] ?? 0), 0);
}

/** A duration with its text, so that it can be named as it was given. */
export type Duration = { ms: number; text: string };

/** `90s`, `30m`, `1h30m`, or plain seconds. */
export const readDuration: Read<Duration> = (text, locale) => {
  const ms = durationMs(text);
  if (ms === undefined) refuse(locale, (usage) => usage.notADuration({ value: safeLine(text) }));
  return { ms, text };
};

/** An instant: RFC 3339, or how long ago. As a function of now, in milliseconds. */
export const readInstant: Read<(now: number) => number> = (text, locale) => {
  const ago = durationMs(text);
  if (ago !== undefined) return (now) => now - ago;
  const isRfc3339 = /^\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)?)?$/.test(text);
  const at = isRfc3339 ? Date.parse(text) : NaN;
  if (Number.isNaN(at)) refuse(locale, (usage) => usage.notAnInstant({ value: safeLine(text) }));
  return () => at;
};

/** A regular expression as JavaScript has it, without regard to upper and lower case where it is all lower case. */
export const readPattern: Read<RegExp> = (text, locale) => {
  try {
    return new RegExp(text, text === text.toLowerCase() ? "iu" : "u");
  } catch {
    return refuse(locale, (usage) => usage.notAPattern({ value: safeLine(text) }));
  }
};
