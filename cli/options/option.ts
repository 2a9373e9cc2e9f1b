import type { Locale, Localized } from "#app/locales/locale.ts";
import { readOneOf } from "./readers.ts";

/** Decodes the text of an option; throws CliError (2) that names the text and what would be right. */
export type Read<Value> = (text: string, locale: Locale) => Value;

/** An option of a command. `flags` as in `-n, --lines <count>`; `text` is its line in the help. */
export type OptionSpec<Value> = {
  flags: string;
  text: Localized<string>;
  /** The command cannot run without it. */
  isRequired?: boolean;
  /** May be given several times. */
  isRepeatable?: boolean;
  /** What it can be, for help and completion. */
  choices?: readonly string[];
  /** From what the parser found: `undefined` where it was not given. */
  decode(raw: unknown, locale: Locale): Value;
};

export type OptionSpecs = Readonly<Record<string, OptionSpec<unknown>>>;

/** The decoded options of a command. */
export type Given<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: Specs[Name] extends OptionSpec<infer Value> ? Value : never;
};

/** Any text. */
export const asText: Read<string> = (text) => text;

/** Without a value; true when it is there. Also for `--no-open`: true when that is there. */
export function flag(flags: string, text: Localized<string>): OptionSpec<boolean> {
  const whenGiven = !/--no-/.test(flags);
  return { flags, text, decode: (raw) => raw === whenGiven };
}

/** With a text as its value; undefined when it is not there. */
export function textOption(flags: string, text: Localized<string>): OptionSpec<string | undefined> {
  return option(flags, text, asText);
}

/** With a value that is decoded; undefined when it is not there. */
export function option<Value>(
  flags: string,
  text: Localized<string>,
  read: Read<Value>,
): OptionSpec<Value | undefined> {
  return { flags, text, decode: (raw, locale) => (typeof raw === "string" ? read(raw, locale) : undefined) };
}

/** The same with a value where it is not there. */
export function optionOr<Value>(
  flags: string,
  text: Localized<string>,
  read: Read<Value>,
  otherwise: Value,
): OptionSpec<Value> {
  return { flags, text, decode: (raw, locale) => (typeof raw === "string" ? read(raw, locale) : otherwise) };
}

/** With a text the command cannot do without; the parser refuses a command line that lacks it. */
export function requiredOption(flags: string, text: Localized<string>): OptionSpec<string> {
  return { flags, text, isRequired: true, decode: (raw) => String(raw) };
}

/** One of a few words; `otherwise` when it is not there. */
export function choice<Choice extends string>(
  flags: string,
  text: Localized<string>,
  words: readonly Choice[],
  otherwise: Choice,
): OptionSpec<Choice> {
  return { ...optionOr(flags, text, readOneOf(words), otherwise), choices: words };
}

/** One or more of a few words: repeated, separated by commas, or both. */
export function choices<Choice extends string>(
  flags: string,
  text: Localized<string>,
  words: readonly Choice[],
): OptionSpec<readonly Choice[]> {
  const readWord = readOneOf(words);
  const read: Read<Choice[]> = (value, locale) => value.split(",").map((word) => readWord(word, locale));
  const { decode } = repeated(flags, text, read);
  return {
    flags,
    text,
    choices: words,
    isRepeatable: true,
    decode: (raw, locale) => decode(raw, locale).flat(),
  };
}

/** May be given several times; empty when it is not there. */
export function repeated<Value>(
  flags: string,
  text: Localized<string>,
  read: Read<Value>,
): OptionSpec<readonly Value[]> {
  return {
    flags,
    text,
    isRepeatable: true,
    decode: (raw, locale) =>
      Array.isArray(raw) ? raw.map((value: unknown) => read(String(value), locale)) : [],
  };
}
