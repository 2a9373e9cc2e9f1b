import type { Locale } from "#app/locales/locale.ts";
import type { Command } from "../command.ts";

export type CompletableOption = {
  /** As typed: `-o`, `--output`. */
  names: readonly string[];
  text: string;
  /** A value follows; one of these where they are known. */
  hasValue: boolean;
  choices: readonly string[];
  isFile: boolean;
};

/** A command as a shell completes it: its words, what can follow them. */
export type Completable = {
  words: readonly string[];
  summary: string;
  options: readonly CompletableOption[];
  /** After `--` comes a command of the shell's own. */
  isPassThrough: boolean;
};

/** What there is to complete. */
export function completable(commands: readonly Command[], locale: Locale): Completable[] {
  return commands
    .filter(({ hidden }) => hidden !== true)
    .map(({ name, summary, options, passThrough = false }) => ({
      words: name.split(" "),
      summary: summary[locale],
      isPassThrough: passThrough,
      options: Object.values(options).map(({ flags, text, choices = [] }) => ({
        names: flags.match(/(?<![\w-])--?[\w-]+/g) ?? [],
        text: text[locale],
        hasValue: /[<[]/.test(flags),
        choices,
        isFile: /<(file|folder)>/.test(flags),
      })),
    }));
}

/** The first words, each once, with what they stand for; a group is described by its commands. */
export function firstWords(all: readonly Completable[]): Map<string, string> {
  const words = new Map<string, string>();
  for (const {
    words: [first = "", ...rest],
    summary,
  } of all) {
    const known = words.get(first);
    words.set(first, rest.length === 0 ? summary : [known, rest.join(" ")].filter(Boolean).join(", "));
  }
  return words;
}

/** A text as a shell takes it literally. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
