import { type Completable, firstWords, quoted } from "./completable.ts";

/** Whether the command line begins with these words after `jobmon`. */
const BEGINS = [
  "function __jobmon_begins",
  "  set -l words (commandline -opc)[2..]",
  "  test (count $words) -ge (count $argv); or return 1",
  "  for at in (seq (count $argv))",
  '    test "$words[$at]" = "$argv[$at]"; or return 1',
  "  end",
  "end",
];

/** The completion for fish. */
export function fishCompletion(all: readonly Completable[]): string {
  const first = [...firstWords(all)].map(
    ([word, text]) => `complete -c jobmon -f -n __fish_use_subcommand -a ${word} -d ${quoted(text)}`,
  );
  return `${["# jobmon completion fish", ...BEGINS, ...first, ...all.flatMap(linesOf)].join("\n")}\n`;
}

function linesOf(command: Completable): string[] {
  const { words, summary, options } = command;
  const [group = "", own] = words;
  const here = quoted(`__jobmon_begins ${words.join(" ")}`);
  const inGroup =
    own === undefined
      ? []
      : [
          `complete -c jobmon -f -n ${quoted(`__jobmon_begins ${group}; and test (count (commandline -opc)) -eq 2`)} -a ${own} -d ${quoted(summary)}`,
        ];
  return [
    ...inGroup,
    `complete -c jobmon -n ${here}${argumentsOf(command)}`,
    ...options.map(({ names, text, hasValue, choices, isFile }) => {
      const flags = names.map((name) =>
        name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
      );
      const value = isFile ? "-r -F" : choices.length > 0 ? `-x -a ${quoted(choices.join(" "))}` : "-x";
      return `complete -c jobmon -n ${here} ${flags.join(" ")}${hasValue ? ` ${value}` : ""} -d ${quoted(text)}`;
    }),
  ];
}

function argumentsOf({ argument, isPassThrough }: Completable): string {
  if (isPassThrough) return ` -f -a "(__fish_complete_subcommand --fcs-skip=2)"`;
  if (argument === "job") return ` -f -k -a "(jobmon complete-jobs 2>/dev/null </dev/null)"`;
  if (argument === "file") return " -F";
  return argument.length > 0 ? ` -f -a ${quoted(argument.join(" "))}` : " -f";
}
