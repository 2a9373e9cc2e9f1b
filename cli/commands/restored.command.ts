import { restoredHelp as texts } from "#app/locales/help/restored.ts";
import { sharedTexts } from "#app/locales/help/shared.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { textOption } from "../options/option.ts";
import { commonOptions } from "../options/shared-options.ts";

const options = {
  dataDir: textOption("--data-dir <folder>", sharedTexts.dataDir),
  ...commonOptions,
};
export type RestoredInvocation = Invocation<typeof options>;

export const restoredCommand = defineCommand({
  name: "restored",
  group: "serve",
  summary: texts.summary,
  options,
  examples: [{ says: texts.example, command: "jobmon restored && jobmon serve" }],
  exitCodes: [0, 2],
  load: async () => (await import("./restored.ts")).restored,
});
