import { JOB_STATUSES } from "#app/contract/job-status.ts";
import { sharedTexts as texts } from "#app/locales/help/shared.ts";
import { LOCALES } from "#app/locales/locale.ts";
import { choice, choices, flag, type Given, option, textOption } from "./option.ts";
import { readCount, readOneOf, readUrl } from "./readers.ts";

/** Of every command that asks a server. */
export const serverOptions = {
  url: option("--url <url>", texts.url, readUrl),
  profile: textOption("--profile <name>", texts.profile),
  tokenFile: textOption("--token-file <file>", texts.tokenFile),
};
export type ServerOptions = Given<typeof serverOptions>;

/** Of every command that goes on watching. */
export const watchOptions = {
  ...serverOptions,
  maxRetries: option("--max-retries <count>", texts.maxRetries, readCount(1000, 0)),
};

const COLOURS = ["auto", "always", "never"] as const;
export type ColourMode = (typeof COLOURS)[number];

/** Of every command whatever it does: they are read before the command is. */
export const commonOptions = {
  color: choice("--color <when>", texts.color, COLOURS, "auto"),
  lang: { ...option("--lang <language>", texts.lang, readOneOf(LOCALES)), choices: LOCALES },
  verbose: flag("--verbose", texts.verbose),
};

const OUTPUTS = ["text", "json", "ndjson"] as const;
export type OutputForm = (typeof OUTPUTS)[number];

/** `--status running,failed`. */
export const statusOption = choices("--status <status>", texts.status, JOB_STATUSES);

/** `-o text|json|ndjson`. */
export const outputOption = choice("-o, --output <form>", texts.output, OUTPUTS, "text");
