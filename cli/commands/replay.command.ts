import { replayHelp as texts } from "#app/locales/help/hosts.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { optionOr } from "../options/option.ts";
import { readSpeed } from "../options/readers.ts";
import { commonOptions, outputOption, serverOptions } from "../options/shared-options.ts";

const options = {
  speed: optionOr("--speed <factor>", texts.speed, readSpeed, 1),
  output: outputOption,
  ...serverOptions,
  ...commonOptions,
};
export type ReplayInvocation = Invocation<typeof options>;

export const replayCommand = defineCommand({
  name: "replay",
  group: "report",
  summary: texts.summary,
  description: [texts.more],
  arguments: { "<file>": texts.file },
  options,
  examples: [{ says: texts.example, command: "jobmon replay pdf-pages.json --speed 10" }],
  exitCodes: [0, 1, 2, 3, 4, 130, 143],
  load: async () => (await import("./replay.ts")).replay,
});
