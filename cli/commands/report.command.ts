import { createHelp, reportHelp as texts } from "#app/locales/help/report.ts";
import { runTexts } from "#app/locales/terminal-run.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { flag, option, optionOr, type Read, requiredOption, textOption } from "../options/option.ts";
import { readDuration, refuse } from "../options/readers.ts";
import { commonOptions, outputOption, serverOptions } from "../options/shared-options.ts";
import { parseProgress } from "../output/read-progress.ts";
import { safeLine } from "../render/safe-line.ts";

const MINUTE = { ms: 60_000, text: "1m" };

const readStated: Read<number> = (text, locale) => {
  const stated = parseProgress(text);
  if (stated === undefined || stated.message !== undefined) {
    return refuse(locale, runTexts[locale].notProgress({ text: safeLine(text) }));
  }
  return stated.progress;
};

const retryFor = optionOr("--retry-for <duration>", texts.retryFor, readDuration, MINUTE);

const reportOptions = {
  progress: option("--progress <progress>", texts.progress, readStated),
  message: textOption("--message <text>", texts.message),
  phase: textOption("--phase <text>", texts.phase),
  done: flag("--done", texts.done),
  resultFile: textOption("--result-file <file>", texts.resultFile),
  fail: textOption("--fail <reason>", texts.fail),
  canceled: flag("--canceled", texts.canceled),
  callbackTokenFile: textOption("--callback-token-file <file>", texts.callbackTokenFile),
  retryFor,
  output: outputOption,
  url: serverOptions.url,
  profile: serverOptions.profile,
  ...commonOptions,
};
export type ReportInvocation = Invocation<typeof reportOptions>;

const createOptions = {
  title: requiredOption("--title <title>", createHelp.title),
  kind: textOption("--kind <kind>", createHelp.kind),
  stallAfter: option("--stall-after <duration>", createHelp.stallAfter, readDuration),
  timeout: option("--timeout <duration>", createHelp.timeout, readDuration),
  correlation: textOption("--correlation <text>", createHelp.correlation),
  retryFor,
  ...serverOptions,
  ...commonOptions,
};
export type CreateInvocation = Invocation<typeof createOptions>;

export const reportCommand = defineCommand({
  name: "report",
  group: "report",
  summary: texts.summary,
  description: [texts.more, texts.cancel],
  arguments: { "[jobId]": texts.job },
  options: reportOptions,
  examples: [
    { says: texts.exampleProgress, command: 'jobmon report --progress 3/12 --message "Seite 3"' },
    { says: texts.exampleDone, command: 'jobmon report "$id" --done --result-file result.json' },
  ],
  exitCodes: [0, 1, 2, 4, 5, 6, 130, 143],
  load: async () => (await import("./report.ts")).report,
});

export const createCommand = defineCommand({
  name: "create",
  group: "report",
  summary: createHelp.summary,
  description: [createHelp.more],
  options: createOptions,
  examples: [{ says: createHelp.example, command: "jobmon create --title Nachtlauf | jq -r .callback_url" }],
  exitCodes: [0, 1, 2, 4, 130, 143],
  load: async () => (await import("./create.ts")).create,
});
