import { groupTexts, helpTexts } from "#app/locales/help/help.ts";
import type { Locale } from "#app/locales/locale.ts";
import type { Command, CommandGroup } from "../command.ts";
import type { OptionSpec } from "../options/option.ts";
import { commonOptions } from "../options/shared-options.ts";
import { exitCodeTerms } from "./help-topics.ts";
import { renderTerms, wrap } from "./wrap.ts";

/** The language of a page of help, and the columns it may take. */
export type HelpPage = { locale: Locale; width: number };

const GROUPS = Object.keys(groupTexts) as CommandGroup[];

/** Every command in its group: `jobmon --help`. */
export function renderOverview(commands: readonly Command[], { locale, width }: HelpPage): string {
  const shown = commands.filter(({ hidden }) => hidden !== true);
  const column = Math.max(...shown.map(({ name }) => name.length));
  const groups = GROUPS.map((group) => {
    const members = shown.filter((command) => command.group === group);
    const terms = members.map(({ name, summary }) => [`${name.padEnd(column)}`, summary[locale]] as const);
    return members.length === 0 ? "" : section(groupTexts[group][locale], renderTerms(terms, width));
  });
  const options = [
    ["-h, --help", helpTexts.helpOption[locale]],
    ["-V, --version", helpTexts.versionOption[locale]],
  ] as const;
  const more = `${helpTexts.helpOfCommand[locale]} ${helpTexts.helpOfEnvironment[locale]}`;
  return [
    `${helpTexts.about[locale]}\n`,
    section(helpTexts.usage[locale], `  jobmon ${helpTexts.command[locale]}\n`),
    ...groups.filter(Boolean),
    section(helpTexts.ownOptions[locale], renderTerms(options, width)),
    section(helpTexts.learnMore[locale], `  ${wrap(more, width - 3).join("\n  ")}\n`),
  ].join("\n");
}

/** One command in full: `jobmon <command> --help`. */
export function renderCommandHelp(command: Command, { locale, width }: HelpPage): string {
  const { summary, description = [], arguments: args = {}, examples, exitCodes } = command;
  const own = Object.entries(command.options).filter(([name]) => !(name in commonOptions));
  const common = Object.entries(command.options).filter(([name]) => name in commonOptions);
  const paragraphs = [summary, ...description].map(
    (text) => `${wrap(sentence(text[locale]), width).join("\n")}\n`,
  );
  const shown = examples.map(({ says, command: line }) => `  # ${says[locale]}\n  $ ${line}\n`);
  return [
    ...paragraphs,
    section(helpTexts.usage[locale], `  ${usageLine(command, locale)}\n`),
    section(
      helpTexts.arguments[locale],
      renderTerms(
        Object.entries(args).map(([name, text]) => [name, text[locale]]),
        width,
      ),
    ),
    section(helpTexts.ownOptions[locale], renderTerms(optionTerms(own, locale), width)),
    section(
      helpTexts.commonOptions[locale],
      renderTerms([...optionTerms(common, locale), ["-h, --help", helpTexts.helpOption[locale]]], width),
    ),
    section(helpTexts.examples[locale], shown.join("\n")),
    section(helpTexts.exitCodes[locale], renderTerms(exitCodeTerms(exitCodes, locale), width)),
  ]
    .filter(Boolean)
    .join("\n");
}

/** `jobmon logs <jobId> [options]`. */
export function usageLine(
  { name, arguments: args = {}, options, passThrough }: Command,
  locale: Locale,
): string {
  const needed = Object.values(options).filter(({ isRequired }) => isRequired);
  const own = `[${helpTexts.options[locale]}]`;
  const behind = passThrough ? [own, "--", ...Object.keys(args)] : [...Object.keys(args), own];
  return ["jobmon", name, ...needed.map(({ flags }) => flags), ...behind].join(" ");
}

/** Options with what they are for; those without a short form stand under the long ones. */
function optionTerms(
  options: readonly [string, OptionSpec<unknown>][],
  locale: Locale,
): (readonly [string, string])[] {
  return options.map(([, option]) => {
    const { flags } = option;
    return [flags.startsWith("--") ? `    ${flags}` : flags, optionText(option, locale)] as const;
  });
}

/** What an option is for, and what it can be where that is a few words. */
export function optionText({ text, choices }: OptionSpec<unknown>, locale: Locale): string {
  return choices === undefined ? text[locale] : `${text[locale]}: ${choices.join(", ")}`;
}

/** With a capital at its beginning and a full stop. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?:]$/.test(text) ? "" : ".");
}

function section(heading: string, body: string): string {
  return body === "" ? "" : `${heading}\n${body}`;
}
