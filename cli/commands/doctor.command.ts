import { doctorHelp as texts } from "#app/locales/help/hosts.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { commonOptions, outputOption, serverOptions } from "../options/shared-options.ts";

const options = { output: outputOption, ...serverOptions, ...commonOptions };
export type DoctorInvocation = Invocation<typeof options>;

export const doctorCommand = defineCommand({
  name: "doctor",
  group: "setup",
  summary: texts.summary,
  description: [texts.more],
  options,
  examples: [{ says: texts.example, command: "jobmon doctor --url https://jobs.example.org" }],
  exitCodes: [0, 1, 2, 4, 130, 143],
  load: async () => (await import("./doctor.ts")).doctor,
});
