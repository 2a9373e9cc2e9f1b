import { completionHelp as texts } from "#app/locales/help/hosts.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { commonOptions } from "../options/shared-options.ts";

export const SHELLS = ["bash", "zsh", "fish"] as const;

const options = { ...commonOptions };
export type CompletionInvocation = Invocation<typeof options>;

export const completionCommand = defineCommand({
  name: "completion",
  group: "setup",
  summary: texts.summary,
  arguments: { "<shell>": texts.shell },
  argumentChoices: SHELLS,
  options,
  examples: [
    { says: texts.exampleBash, command: "source <(jobmon completion bash)" },
    {
      says: texts.exampleFish,
      command: "jobmon completion fish > ~/.config/fish/completions/jobmon.fish",
    },
  ],
  exitCodes: [0, 2],
  load: async () => (await import("./completion.ts")).completion,
});
