import { auditHelp as texts } from "#app/locales/help/audit.ts";
import { sharedTexts } from "#app/locales/help/shared.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { textOption } from "../options/option.ts";
import { commonOptions } from "../options/shared-options.ts";

const options = {
  dataDir: textOption("--data-dir <folder>", sharedTexts.dataDir),
  ...commonOptions,
};
export type AuditInvocation = Invocation<typeof options>;

export const auditCommand = defineCommand({
  name: "audit",
  group: "serve",
  summary: texts.summary,
  options,
  examples: [
    { says: texts.example, command: "jobmon audit" },
    { says: texts.ofMongo, command: "MONGODB_URI=mongodb://localhost/jobmon jobmon audit" },
  ],
  exitCodes: [0, 1, 2],
  load: async () => (await import("./audit.ts")).audit,
});
