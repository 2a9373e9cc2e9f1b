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
  /** What its arguments are: jobs of the server, files, one of a few words, or nothing that could be known. */
  argument: "job" | "file" | readonly string[];
  /** After `--` comes a command of the shell's own. */
  isPassThrough: boolean;
};

/** What there is to complete. */
export function completable(commands: readonly Command[], locale: Locale): Completable[] {
  const shown = commands.filter(({ hidden }) => hidden !== true);
  return shown.map((command) => {
    const { name, summary, options, passThrough = false } = command;
    return {
      words: name.split(" "),
      summary: summary[locale],
      isPassThrough: passThrough,
      argument: argumentOf(command, shown),
      options: Object.values(options).map(({ flags, text, choices = [] }) => ({
        names: flags.match(/(?<![\w-])--?[\w-]+/g) ?? [],
        text: text[locale],
        hasValue: /[<[]/.test(flags),
        choices,
        isFile: /<(file|folder)>/.test(flags),
      })),
    };
  });
}

function argumentOf(
  { name, arguments: named = {}, argumentChoices = [] }: Command,
  all: readonly Command[],
): Completable["argument"] {
  const [first = ""] = Object.keys(named);
  if (/jobId/.test(first)) return "job";
  if (/file/.test(first)) return "file";
  const others = name === "help" ? all.map((command) => command.name.split(" ")[0] ?? "") : [];
  return [...new Set([...others, ...argumentChoices])];
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
