import type { Command, CommandGroup } from "../../cli/command.ts";
import { EXIT } from "../../cli/exit-codes.ts";
import { exitCodeTerms } from "../../cli/help/help-topics.ts";
import { optionText, sentence, usageLine } from "../../cli/help/render-help.ts";
import { commonOptions } from "../../cli/options/shared-options.ts";
import { ndjsonLines } from "../../cli/output/ndjson-lines.ts";
import { environmentTexts } from "../../app/locales/help/environment.ts";
import { groupTexts } from "../../app/locales/help/help.ts";
import { about } from "./about.ts";
import { fieldsOf } from "./fields.ts";

/** docs/cli.md. */
export function toMarkdown(commands: readonly Command[]): string {
  const groups = (Object.keys(groupTexts) as CommandGroup[]).flatMap((group) =>
    commands.filter((command) => command.group === group),
  );
  return [
    "# The terminal client",
    "<!-- Written by `node scripts/write-cli-docs.ts` from the commands themselves; a test holds it to them. -->",
    ...about.opening,
    "## Commands",
    list(groups.map(({ name, summary }) => `[\`jobmon ${name}\`](#${anchor(name)}): ${summary.en}`)),
    "Every command also has:",
    list(Object.values(commonOptions).map((option) => `\`${option.flags}\`: ${optionText(option, "en")}`)),
    ...groups.flatMap(commandSection),
    "## Exit codes",
    list(exitCodeTerms(Object.values(EXIT), "en").map((term) => term.join(": "))),
    ...about.exitCodes,
    "## Environment",
    list(Object.entries(environmentTexts).map(([name, { en }]) => `\`${name}\`: ${en}`)),
    ...about.environment,
    "## NDJSON",
    ...about.ndjson,
    ...Object.entries(ndjsonLines).flatMap(([type, { commands: writers, says, schema }]) => [
      `### \`${type}\``,
      `${says}. Written by ${writers.map((name) => `\`${name}\``).join(", ")}.`,
      list(fieldsOf(schema)),
    ]),
  ]
    .join("\n\n")
    .concat("\n");
}

function commandSection(command: Command): string[] {
  const { name, summary, description = [], arguments: args = {}, options, examples, exitCodes } = command;
  const own = Object.entries(options).filter(([key]) => !(key in commonOptions));
  const terms = [
    ...Object.entries(args).map(([argument, { en }]) => `\`${argument}\`: ${en}`),
    ...own.map(([, option]) => `\`${option.flags}\`: ${optionText(option, "en")}`),
  ];
  return [
    `### jobmon ${name}`,
    [summary, ...description].map(({ en }) => sentence(en)).join(" "),
    code([usageLine(command, "en")]),
    ...(terms.length === 0 ? [] : [list(terms)]),
    code(examples.flatMap(({ says, command: line }) => [`# ${says.en}`, line])),
    `Exit codes: ${exitCodes.join(", ")}.`,
  ];
}

function anchor(name: string): string {
  return `jobmon-${name.replaceAll(" ", "-")}`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${escaped(item)}`).join("\n");
}

/** Angle brackets outside of code would be HTML. */
function escaped(text: string): string {
  return text.replaceAll(/`[^`]*`|[<*_]/g, (part) => (part.startsWith("`") ? part : `\\${part}`));
}

function code(lines: readonly string[]): string {
  return ["```sh", ...lines, "```"].join("\n");
}
