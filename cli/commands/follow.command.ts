import { logsHelp } from "#app/locales/help/logs.ts";
import { followHelp as texts } from "#app/locales/help/secretary.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { choice, flag, textOption } from "../options/option.ts";
import { commonOptions, watchOptions } from "../options/shared-options.ts";

const options = {
  title: textOption("--title <title>", texts.title),
  details: flag("--details", logsHelp.details),
  output: choice("-o, --output <form>", logsHelp.output, ["text", "json", "ndjson", "raw"], "text"),
  ...watchOptions,
  ...commonOptions,
};
export type FollowInvocation = Invocation<typeof options>;

export const followCommand = defineCommand({
  name: "follow",
  group: "watch",
  summary: texts.summary,
  description: [texts.more],
  arguments: { "<processId>": texts.processId },
  options,
  examples: [
    {
      says: texts.example,
      command: "jobmon follow job-3f1c0c6e-6a5e-4f57-9d0c-2b8f8a7f4a10 --title Bericht.pdf",
    },
  ],
  exitCodes: [0, 1, 2, 3, 4, 5, 6, 7, 130, 143],
  load: async () => (await import("./follow.ts")).follow,
});
