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

/** How many lines or jobs: 1 to `most`. */
export function readCount(most: number): Read<number> {
  return (text, locale) =>
    whole(text, 1, most) ?? refuse(locale, (usage) => usage.notACount({ value: safeLine(text), most }));
}

/** A factor above 0. */
export const readSpeed: Read<number> = (text, locale) =>
  Number(text) > 0 ? Number(text) : refuse(locale, (usage) => usage.notASpeed({ value: safeLine(text) }));

/** An http or https address, without the slash at its end. */
export const readUrl: Read<string> = (text, locale) => {
  const isHttp = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  return isHttp
    ? text.replace(/(?<!\/)\/+$/, "")
    : refuse(locale, (usage) => usage.notAUrl({ value: safeLine(text) }));
};

/** One of a few words. */
export function readOneOf<Choice extends string>(choices: readonly Choice[]): Read<Choice> {
  return (text, locale) =>
    choices.find((choice) => choice === text) ??
    refuse(locale, (usage) => usage.notOneOf({ value: safeLine(text), choices: choices.join(", ") }));
}
