import { type Completable, firstWords, quoted } from "./completable.ts";

/** The completion for zsh: a file `_jobmon` in a folder of fpath, or sourced. */
export function zshCompletion(all: readonly Completable[]): string {
  const first = [...firstWords(all)].map(([word, text]) => `    ${described(word, text)}`);
  const groups = Map.groupBy(
    all.filter(({ words }) => words.length > 1),
    ({ words }) => words[0] ?? "",
  );
  return [
    "#compdef jobmon",
    "_jobmon() {",
    "  local -a found",
    "  local command=${words[2]} at=2",
    "  if ((CURRENT == 2)); then",
    "    found=(",
    ...first,
    "    )",
    "    _describe command found",
    "    return",
    "  fi",
    ...[...groups].flatMap(([group, members]) => [
      `  if [[ $command == ${quoted(group)} ]]; then`,
      "    if ((CURRENT == 3)); then",
      "      found=(",
      ...members.map(({ words, summary }) => `        ${described(words[1] ?? "", summary)}`),
      "      )",
      "      _describe command found",
      "      return",
      "    fi",
      '    command="$command ${words[3]}"',
      "  fi",
    ]),
    '  case "$command" in',
    ...all.flatMap(({ words, options, isPassThrough }) => [
      `    ${quoted(words.join(" "))})`,
      "      _arguments -s : \\",
      ...options.flatMap(({ names, text, hasValue, choices, isFile }) =>
        names.map((name) => {
          const values = isFile ? "_files" : choices.length > 0 ? `(${choices.join(" ")})` : " ";
          return `        ${quoted(`${name}[${text.replaceAll(/[[\]:]/g, "\\$&")}]${hasValue ? `:value:${values}` : ""}`)} \\`;
        }),
      ),
      `        ${isPassThrough ? quoted("*::command:_normal") : quoted("*:argument:_default")}`,
      "      ;;",
    ]),
    "  esac",
    "}",
    "compdef _jobmon jobmon",
    "",
  ].join("\n");
}

function described(word: string, text: string): string {
  return quoted(`${word}:${text}`);
}
