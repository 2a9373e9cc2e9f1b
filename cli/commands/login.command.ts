import { loginHelp as texts } from "#app/locales/help/config.ts";
import { sharedTexts } from "#app/locales/help/shared.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { option, textOption } from "../options/option.ts";
import { readUrl } from "../options/readers.ts";
import { commonOptions, outputOption, serverOptions } from "../options/shared-options.ts";

const profileOption = { profile: textOption("--profile <name>", sharedTexts.profile) };
const loginOptions = {
  url: option("--url <url>", sharedTexts.url, readUrl),
  ...profileOption,
  ...commonOptions,
};
export type LoginInvocation = Invocation<typeof loginOptions>;

const logoutOptions = { ...profileOption, ...commonOptions };
export type LogoutInvocation = Invocation<typeof logoutOptions>;

const whoamiOptions = { output: outputOption, ...serverOptions, ...commonOptions };
export type WhoamiInvocation = Invocation<typeof whoamiOptions>;

export const loginCommand = defineCommand({
  name: "login",
  group: "setup",
  summary: texts.login,
  description: [texts.loginMore],
  options: loginOptions,
  examples: [
    { says: texts.exampleLogin, command: "pass show jobmon | jobmon login --url https://jobs.example.org" },
  ],
  exitCodes: [0, 1, 2, 4, 130],
  load: async () => (await import("./login.ts")).login,
});

export const logoutCommand = defineCommand({
  name: "logout",
  group: "setup",
  summary: texts.logout,
  options: logoutOptions,
  examples: [{ says: texts.exampleLogout, command: "jobmon logout" }],
  exitCodes: [0, 2],
  load: async () => (await import("./login.ts")).logout,
});

export const whoamiCommand = defineCommand({
  name: "whoami",
  group: "setup",
  summary: texts.whoami,
  description: [texts.whoamiMore],
  options: whoamiOptions,
  examples: [{ says: texts.exampleWhoami, command: "jobmon whoami --profile test" }],
  exitCodes: [0, 1, 2, 4],
  load: async () => (await import("./login.ts")).whoami,
});
