import { artifactsHelp as texts } from "#app/locales/help/secretary.ts";
import { sharedTexts } from "#app/locales/help/shared.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { flag, textOption } from "../options/option.ts";
import { commonOptions, outputOption, serverOptions } from "../options/shared-options.ts";

const options = {
  fetch: flag("--fetch", texts.fetch),
  save: textOption("--save <dir>", texts.save),
  output: outputOption,
  ...serverOptions,
  ...commonOptions,
};
export type ArtifactsInvocation = Invocation<typeof options>;

export const artifactsCommand = defineCommand({
  name: "artifacts",
  group: "watch",
  summary: texts.summary,
  description: [texts.more],
  arguments: { "<jobId>": sharedTexts.jobId },
  options,
  examples: [{ says: texts.example, command: "jobmon artifacts 7c9e6679 --save dateien" }],
  exitCodes: [0, 1, 2, 4, 5],
  load: async () => (await import("./artifacts.ts")).artifacts,
});
