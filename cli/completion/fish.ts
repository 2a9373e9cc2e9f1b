import { type Completable, firstWords, quoted } from "./completable.ts";

/** The completion for fish. */
export function fishCompletion(all: readonly Completable[]): string {
  const first = [...firstWords(all)].map(
    ([word, text]) => `complete -c jobmon -f -n __fish_use_subcommand -a ${word} -d ${quoted(text)}`,
  );
  const rest = all.flatMap(({ words, summary, options }) => {
    const [group = "", own] = words;
    const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`).join("; and ");
    const inGroup =
      own === undefined
        ? []
        : [
            `complete -c jobmon -f -n ${quoted(`__fish_seen_subcommand_from ${group}; and not __fish_seen_subcommand_from ${own}`)} -a ${own} -d ${quoted(summary)}`,
          ];
    return [
      ...inGroup,
      ...options.map(({ names, text, hasValue, choices, isFile }) => {
        const flags = names.map((name) =>
          name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
        );
        const value = isFile ? "-r -F" : choices.length > 0 ? `-x -a ${quoted(choices.join(" "))}` : "-x";
        return `complete -c jobmon -n ${quoted(seen)} ${flags.join(" ")}${hasValue ? ` ${value}` : ""} -d ${quoted(text)}`;
      }),
    ];
  });
  return `${["# jobmon completion fish", ...first, ...rest].join("\n")}\n`;
}
