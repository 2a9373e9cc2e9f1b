import { tailHelp as texts } from "#app/locales/help/tail.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { flag } from "../options/option.ts";
import { commonOptions, outputOption, watchOptions } from "../options/shared-options.ts";

const options = {
  output: outputOption,
  includeConnection: flag("--include-connection", texts.connection),
  ...watchOptions,
  ...commonOptions,
};
export type TailInvocation = Invocation<typeof options>;

export const tailCommand = defineCommand({
  name: "tail",
  group: "watch",
  summary: texts.summary,
  options,
  examples: [
    { says: texts.exampleAll, command: "jobmon tail" },
    { says: texts.exampleNdjson, command: "jobmon tail -o ndjson | jq .title" },
  ],
  exitCodes: [0, 1, 2, 4, 130, 143],
  load: async () => (await import("./tail.ts")).tail,
});
