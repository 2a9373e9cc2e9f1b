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
    "_jobmon_jobs() {",
    "  local -a found",
    "  local id title",
    "  while IFS=$'\\t' read -r id title; do found+=(\"$id:$title\"); done \\",
    '    < <("${_jobmon_command:-jobmon}" complete-jobs 2>/dev/null </dev/null)',
    "  _describe -V job found",
    "}",
    "_jobmon() {",
    "  local _jobmon_command=${words[1]}",
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
    ...all.flatMap(({ words, options, argument, isPassThrough }) => [
      `    ${quoted(words.join(" "))})`,
      ...(isPassThrough ? AFTER_DASHES : []),
      `      shift ${words.length} words; ((CURRENT -= ${words.length}))`,
      `      _arguments -s -S ${isPassThrough ? "-A '-*' " : ""}: \\`,
      ...options.flatMap(({ names, text, hasValue, choices, isFile }) =>
        names.map((name) => {
          const values = isFile ? "_files" : choices.length > 0 ? `(${choices.join(" ")})` : " ";
          return `        ${quoted(`${name}[${text.replaceAll(/[[\]:]/g, "\\$&")}]${hasValue ? `:value:${values}` : ""}`)} \\`;
        }),
      ),
      `        ${quoted(isPassThrough ? "*::command:_normal" : `*:argument:${actionOf(argument)}`)}`,
      "      ;;",
    ]),
    "  esac",
    "}",
    "compdef _jobmon jobmon",
    "",
  ].join("\n");
}

/** After `--` comes a command of the shell's own. */
const AFTER_DASHES = [
  "      local dashes=${words[(i)--]}",
  "      if ((dashes < CURRENT)); then",
  "        shift $dashes words; ((CURRENT -= dashes))",
  "        _normal",
  "        return",
  "      fi",
];

function actionOf(argument: Completable["argument"]): string {
  if (argument === "job") return "_jobmon_jobs";
  if (argument === "file") return "_files";
  return argument.length > 0 ? `(${argument.join(" ")})` : " ";
}

function described(word: string, text: string): string {
  return quoted(`${word}:${text}`);
}
