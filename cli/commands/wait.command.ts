import { sharedTexts } from "#app/locales/help/shared.ts";
import { waitHelp as texts } from "#app/locales/help/wait.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { choice, flag, option } from "../options/option.ts";
import { readDuration } from "../options/readers.ts";
import { commonOptions, outputOption, watchOptions } from "../options/shared-options.ts";

const options = {
  for: choice("--for <end>", texts.for, ["final", "completed"], "final"),
  timeout: option("--timeout <duration>", texts.timeout, readDuration),
  any: flag("--any", texts.any),
  failFast: flag("--fail-fast", texts.failFast),
  waitForStart: option("--wait-for-start <duration>", texts.waitForStart, readDuration),
  output: outputOption,
  ...watchOptions,
  ...commonOptions,
};
export type WaitInvocation = Invocation<typeof options>;

export const waitCommand = defineCommand({
  name: "wait",
  group: "watch",
  summary: texts.summary,
  description: [texts.more],
  arguments: { "<jobId...>": sharedTexts.jobId },
  options,
  examples: [
    { says: texts.exampleAlert, command: 'jobmon wait "$id" --timeout 10m || alert' },
    { says: texts.exampleAny, command: "jobmon wait 7c9e6679 2f1b03ac --any --for completed" },
  ],
  exitCodes: [0, 1, 2, 3, 4, 5, 6, 7, 124, 130, 143],
  load: async () => (await import("./wait.ts")).wait,
});
