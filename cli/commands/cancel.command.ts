import { ownerHelp as texts } from "#app/locales/help/jobs.ts";
import { sharedTexts } from "#app/locales/help/shared.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { commonOptions, outputOption, serverOptions } from "../options/shared-options.ts";

const options = { output: outputOption, ...serverOptions, ...commonOptions };
export type OwnerInvocation = Invocation<typeof options>;

export const cancelCommand = defineCommand({
  name: "cancel",
  group: "act",
  summary: texts.cancel,
  description: [texts.cancelMore],
  arguments: { "<jobId...>": sharedTexts.jobId },
  options,
  examples: [{ says: texts.exampleCancel, command: "jobmon cancel 7c9e6679 && jobmon wait 7c9e6679" }],
  exitCodes: [0, 1, 2, 4, 5],
  load: async () => (await import("./cancel.ts")).cancel,
});

export const removeCommand = defineCommand({
  name: "rm",
  group: "act",
  summary: texts.remove,
  description: [texts.removeMore],
  arguments: { "<jobId...>": sharedTexts.jobId },
  options,
  examples: [
    {
      says: texts.exampleRemove,
      command: "jobmon list --all --status failed -o ndjson | jq -r .jobId | xargs jobmon rm",
    },
  ],
  exitCodes: [0, 1, 2, 4, 5],
  load: async () => (await import("./cancel.ts")).remove,
});
