import { jobsHelp as texts } from "#app/locales/help/jobs.ts";
import { sharedTexts } from "#app/locales/help/shared.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { commonOptions, outputOption, serverOptions } from "../options/shared-options.ts";

const options = { output: outputOption, ...serverOptions, ...commonOptions };
export type ShowInvocation = Invocation<typeof options>;

export const showCommand = defineCommand({
  name: "show",
  group: "watch",
  summary: texts.show,
  arguments: { "<jobId>": sharedTexts.jobId },
  options,
  examples: [{ says: texts.exampleShow, command: "jobmon show 7c9e6679 -o json | jq -r .result.text" }],
  exitCodes: [0, 1, 2, 4, 5],
  load: async () => (await import("./show.ts")).show,
});

export const deliveriesCommand = defineCommand({
  name: "deliveries",
  group: "watch",
  summary: texts.deliveries,
  description: [texts.deliveriesMore],
  arguments: { "<jobId>": sharedTexts.jobId },
  options,
  examples: [{ says: texts.exampleDeliveries, command: "jobmon deliveries 7c9e6679" }],
  exitCodes: [0, 1, 2, 4, 5],
  load: async () => (await import("./deliveries.ts")).deliveries,
});
