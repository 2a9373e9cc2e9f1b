import { completionHelp as texts } from "#app/locales/help/hosts.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { serverOptions } from "../options/shared-options.ts";

export type CompleteJobsInvocation = Invocation<typeof serverOptions>;

/** What the completions ask for the jobs there are. */
export const completeJobsCommand = defineCommand({
  name: "complete-jobs",
  group: "setup",
  hidden: true,
  summary: texts.summary,
  options: serverOptions,
  examples: [],
  exitCodes: [0],
  load: async () => (await import("./complete-jobs.ts")).completeJobs,
});
