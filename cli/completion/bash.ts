import { type Completable, firstWords, quoted } from "./completable.ts";

/** The completion for bash (3.2 and newer). */
export function bashCompletion(all: readonly Completable[]): string {
  return `${[...lines(all)].join("\n")}\n`;
}

function* lines(all: readonly Completable[]): Generator<string> {
  const groups = [...new Set(all.filter(({ words }) => words.length > 1).map(({ words }) => words[0] ?? ""))];
  yield "# jobmon completion bash";
  yield "_jobmon() {";
  yield `  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" command="" word at`;
  yield "  COMPREPLY=()";
  yield "  for ((at = 1; at < COMP_CWORD; at++)); do";
  yield `    word="\${COMP_WORDS[at]}"`;
  yield `    if [[ $word == -- ]]; then`;
  yield `      [[ $command == run ]] && { ((at + 1 == COMP_CWORD)) && COMPREPLY=($(compgen -c -- "$cur")) || COMPREPLY=($(compgen -f -- "$cur")); }`;
  yield "      return";
  yield "    fi";
  yield `    [[ $word == -* ]] && continue`;
  yield `    case "$command" in`;
  yield `      "") command="$word" ;;`;
  if (groups.length > 0) yield `      ${groups.join("|")}) command="$command $word" ;;`;
  yield "    esac";
  yield "  done";
  yield `  case "$command $prev" in`;
  for (const { words, options } of all) {
    for (const { names, choices, isFile } of options) {
      const reply = isFile ? `compgen -f -- "$cur"` : `compgen -W ${quoted(choices.join(" "))} -- "$cur"`;
      if (!isFile && choices.length === 0) continue;
      const places = names.map((name) => quoted(`${words.join(" ")} ${name}`)).join("|");
      yield `    ${places}) COMPREPLY=($(${reply})); return ;;`;
    }
  }
  yield "  esac";
  yield `  case "$command" in`;
  yield `    "") COMPREPLY=($(compgen -W ${quoted([...firstWords(all).keys(), "--help", "--version"].join(" "))} -- "$cur")) ;;`;
  for (const group of groups) {
    const members = all.filter(({ words }) => words[0] === group && words.length > 1);
    const next = members.map(({ words }) => words[1] ?? "").join(" ");
    yield `    ${quoted(group)}) COMPREPLY=($(compgen -W ${quoted(next)} -- "$cur")) ;;`;
  }
  for (const { words, options, argument, isPassThrough } of all) {
    const names = [...options.flatMap((option) => option.names), "--help", ...(isPassThrough ? ["--"] : [])];
    const values = argument === "job" || argument === "file" ? [] : argument;
    const reply = `COMPREPLY=($(compgen -W ${quoted([...values, ...names].join(" "))} -- "$cur"))`;
    const jobs = `COMPREPLY=($(compgen -W "$("$1" complete-jobs 2>/dev/null </dev/null | cut -f 1)" -- "$cur"))`;
    const found = argument === "job" ? `if [[ $cur == -* ]]; then ${reply}; else ${jobs}; fi` : reply;
    yield `    ${quoted(words.join(" "))}) ${found} ;;`;
  }
  yield "  esac";
  yield "}";
  yield "complete -o default -F _jobmon jobmon";
}
