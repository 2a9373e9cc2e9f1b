import { helpCommandHelp as texts } from "#app/locales/help/help-command.ts";
import { defineCommand } from "../command.ts";
import { commonOptions } from "../options/shared-options.ts";

/** What there is help on besides the commands. */
const HELP_TOPICS = ["exit-codes", "environment"];

export const helpCommand = defineCommand({
  name: "help",
  group: "setup",
  summary: texts.summary,
  arguments: { "[topic...]": texts.topic },
  argumentChoices: HELP_TOPICS,
  options: commonOptions,
  examples: [{ says: texts.example, command: "jobmon help exit-codes" }],
  exitCodes: [0, 2],
  load: async () => (await import("./help.ts")).help,
});
