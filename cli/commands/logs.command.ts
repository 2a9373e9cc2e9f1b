import { logsHelp as texts } from "#app/locales/help/logs.ts";
import { sharedTexts } from "#app/locales/help/shared.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { choice, flag, optionOr } from "../options/option.ts";
import { readCount } from "../options/readers.ts";
import { commonOptions, watchOptions } from "../options/shared-options.ts";

const options = {
  lines: optionOr("-n, --lines <count>", texts.lines, readCount(500), 50),
  follow: flag("-f, --follow", texts.follow),
  level: choice("--level <level>", texts.level, ["debug", "info", "warn", "error"], "debug"),
  timestamps: choice("-t, --timestamps <form>", texts.timestamps, ["iso", "short", "relative"], "short"),
  utc: flag("--utc", texts.utc),
  details: flag("--details", texts.details),
  output: choice("-o, --output <form>", texts.output, ["text", "json", "ndjson", "raw"], "text"),
  ...watchOptions,
  ...commonOptions,
};
export type LogsInvocation = Invocation<typeof options>;

export const logsCommand = defineCommand({
  name: "logs",
  group: "watch",
  summary: texts.summary,
  arguments: { "<jobId>": sharedTexts.jobId },
  options,
  examples: [
    { says: texts.exampleFollow, command: "jobmon logs -f 7c9e6679" },
    { says: texts.exampleLevel, command: "jobmon logs 7c9e6679 --level warn --details -n 500" },
  ],
  exitCodes: [0, 1, 2, 3, 4, 5, 6, 7, 130, 143],
  load: async () => (await import("./logs.ts")).logs,
});
