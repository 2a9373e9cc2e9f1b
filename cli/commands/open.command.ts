import { openHelp as texts } from "#app/locales/help/hosts.ts";
import { sharedTexts } from "#app/locales/help/shared.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { flag } from "../options/option.ts";
import { commonOptions, serverOptions } from "../options/shared-options.ts";

const options = { print: flag("--print", texts.print), ...serverOptions, ...commonOptions };
export type OpenInvocation = Invocation<typeof options>;

export const openCommand = defineCommand({
  name: "open",
  group: "watch",
  summary: texts.summary,
  description: [texts.more],
  arguments: { "[jobId]": sharedTexts.jobId },
  options,
  examples: [{ says: texts.example, command: "jobmon open 7c9e6679 --print" }],
  exitCodes: [0, 1, 2, 4, 5],
  load: async () => (await import("./open.ts")).open,
});
