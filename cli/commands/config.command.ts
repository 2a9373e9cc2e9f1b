import { configHelp as texts } from "#app/locales/help/config.ts";
import { sharedTexts } from "#app/locales/help/shared.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { textOption } from "../options/option.ts";
import { commonOptions } from "../options/shared-options.ts";

/** What a profile holds, and what of it is set by hand. */
export const CONFIG_KEYS = ["url", "token", "tokenFile"] as const;
export const SETTABLE_KEYS = ["url", "tokenFile"] as const;

const options = { profile: textOption("--profile <name>", sharedTexts.profile), ...commonOptions };
export type ConfigInvocation = Invocation<typeof options>;

export const configSetCommand = defineCommand({
  name: "config set",
  group: "setup",
  summary: texts.set,
  description: [texts.setMore],
  arguments: { "<name>": texts.key, "[value]": texts.value },
  argumentChoices: SETTABLE_KEYS,
  options,
  examples: [
    { says: texts.exampleSet, command: "jobmon config set url https://jobs.example.org" },
    {
      says: texts.exampleProfile,
      command: "jobmon config set url https://jobs-test.example.org --profile test",
    },
  ],
  exitCodes: [0, 2],
  load: async () => (await import("./config.ts")).configSet,
});

export const configGetCommand = defineCommand({
  name: "config get",
  group: "setup",
  summary: texts.get,
  description: [texts.getMore],
  arguments: { "[name]": texts.anyKey },
  argumentChoices: CONFIG_KEYS,
  options,
  examples: [{ says: texts.exampleGet, command: "jobmon config get url" }],
  exitCodes: [0, 2],
  load: async () => (await import("./config.ts")).configGet,
});

export const configPathCommand = defineCommand({
  name: "config path",
  group: "setup",
  summary: texts.path,
  options: commonOptions,
  examples: [{ says: texts.examplePath, command: 'cat "$(jobmon config path)"' }],
  exitCodes: [0, 2],
  load: async () => (await import("./config.ts")).configPath,
});
