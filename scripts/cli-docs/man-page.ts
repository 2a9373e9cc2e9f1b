import { environmentTexts } from "../../app/locales/help/environment.ts";
import { helpTexts } from "../../app/locales/help/help.ts";
import type { Command } from "../../cli/command.ts";
import { EXIT } from "../../cli/exit-codes.ts";
import { exitCodeTerms } from "../../cli/help/help-topics.ts";
import { optionText, sentence, usageLine } from "../../cli/help/render-help.ts";
import { commonOptions } from "../../cli/options/shared-options.ts";

/** docs/jobmon.1, in the man macros that every man(1) knows. */
export function toManPage(commands: readonly Command[]): string {
  const lines = [
    '.\\" Written by node scripts/write-cli-docs.ts from the commands themselves.',
    '.TH JOBMON 1 "" "jobmon" "User Commands"',
    ".SH NAME",
    "jobmon \\- live monitor of jobs that run elsewhere",
    ".SH SYNOPSIS",
    `.B jobmon\n${text(helpTexts.command.en)}`,
    ".SH DESCRIPTION",
    text(helpTexts.about.en),
    "Data goes to standard output, talk to standard error.",
    ".SH COMMANDS",
    ...commands.flatMap(commandLines),
    ".SH COMMON OPTIONS",
    ...terms(Object.values(commonOptions).map((option) => [option.flags, optionText(option, "en")])),
    ".SH EXIT STATUS",
    ...terms(exitCodeTerms(Object.values(EXIT), "en")),
    ".SH ENVIRONMENT",
    ...terms(Object.entries(environmentTexts).map(([name, { en }]) => [name, en])),
  ];
  return lines.join("\n").concat("\n");
}

function commandLines(command: Command): string[] {
  const { summary, description = [], arguments: args = {}, options, examples, exitCodes } = command;
  const own = Object.entries(options).filter(([key]) => !(key in commonOptions));
  return [
    `.SS "${quoted(usageLine(command, "en"))}"`,
    ...[summary, ...description].map(({ en }) => text(sentence(en))),
    ...terms([
      ...Object.entries(args).map(([name, { en }]): [string, string] => [name, en]),
      ...own.map(([, option]): [string, string] => [option.flags, optionText(option, "en")]),
    ]),
    ...examples.flatMap(({ says, command: line }) => [
      ".PP",
      text(`${sentence(says.en).slice(0, -1)}:`),
      `.RS 4\n.nf\n${text(line)}\n.fi\n.RE`,
    ]),
    ".PP",
    `Exit codes: ${exitCodes.join(", ")}.`,
  ];
}

function terms(pairs: readonly (readonly [string, string])[]): string[] {
  return pairs.map(([term, meaning]) => `.TP\n.B ${text(term)}\n${text(meaning)}`);
}

/** Text that troff prints as it is: backslashes and hyphens escaped, no line that begins like a request. */
function text(plain: string): string {
  return plain
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll(/^([.'])/gm, "\\&$1");
}

function quoted(plain: string): string {
  return text(plain).replaceAll('"', "\\(dq");
}
