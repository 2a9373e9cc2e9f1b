import { migrateHelp as texts } from "#app/locales/help/migrate.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { requiredOption } from "../options/option.ts";
import { commonOptions } from "../options/shared-options.ts";

const options = {
  from: requiredOption("--from <storage>", texts.from),
  to: requiredOption("--to <storage>", texts.to),
  ...commonOptions,
};
export type MigrateInvocation = Invocation<typeof options>;

export const migrateCommand = defineCommand({
  name: "migrate",
  group: "serve",
  summary: texts.summary,
  options,
  examples: [{ says: texts.example, command: "jobmon migrate --from sqlite:.jobmon --to sqlite:copy" }],
  exitCodes: [0, 1, 2, 130, 143],
  load: async () => (await import("./migrate.ts")).migrate,
});
