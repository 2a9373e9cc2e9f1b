import { jobsHelp as texts } from "#app/locales/help/jobs.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { choice, flag, optionOr, textOption } from "../options/option.ts";
import { readCount } from "../options/readers.ts";
import { commonOptions, statusOption, watchOptions } from "../options/shared-options.ts";

const options = {
  status: statusOption,
  query: textOption("-q, --query <text>", texts.query),
  limit: optionOr("--limit <count>", texts.limit, readCount(100_000), 20),
  all: flag("--all", texts.all),
  watch: flag("-w, --watch", texts.watch),
  output: choice("-o, --output <form>", texts.listOutput, ["text", "json", "ndjson", "wide"], "text"),
  ...watchOptions,
  ...commonOptions,
};
export type ListInvocation = Invocation<typeof options>;

export const listCommand = defineCommand({
  name: "list",
  group: "watch",
  summary: texts.list,
  options,
  examples: [
    { says: texts.exampleFailed, command: "jobmon list --status failed --limit 5" },
    { says: texts.exampleAll, command: "jobmon list --all -o ndjson | jq -r .jobId" },
  ],
  exitCodes: [0, 1, 2, 4, 130, 143],
  load: async () => (await import("./list.ts")).list,
});
