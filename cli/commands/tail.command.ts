import { tailHelp as texts } from "#app/locales/help/tail.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { asText, flag, option, repeated } from "../options/option.ts";
import { readCount, readInstant, readPattern } from "../options/readers.ts";
import { commonOptions, outputOption, statusOption, watchOptions } from "../options/shared-options.ts";

const options = {
  lines: option("-n, --lines <count>", texts.last, readCount(1000, 0)),
  since: option("--since <time>", texts.since, readInstant),
  noExit: flag("--no-exit", texts.noExit),
  untilIdle: flag("--until-idle", texts.untilIdle),
  status: statusOption,
  kind: repeated("--kind <kind>", texts.kind, asText),
  phase: repeated("--phase <phase>", texts.phase, asText),
  include: repeated("-i, --include <pattern>", texts.include, readPattern),
  exclude: repeated("-e, --exclude <pattern>", texts.exclude, readPattern),
  logs: flag("--logs", texts.logs),
  output: outputOption,
  includeConnection: flag("--include-connection", texts.connection),
  ...watchOptions,
  ...commonOptions,
};
export type TailInvocation = Invocation<typeof options>;

export const tailCommand = defineCommand({
  name: "tail",
  group: "watch",
  summary: texts.summary,
  description: [texts.more, texts.morePlain],
  arguments: { "[jobId...]": texts.jobs },
  options,
  examples: [
    { says: texts.exampleAll, command: "jobmon tail" },
    { says: texts.exampleNamed, command: "jobmon tail 7c9e6679 2f1b03ac" },
    { says: texts.exampleSince, command: "jobmon tail --since 1h --status failed --until-idle" },
    { says: texts.exampleLogs, command: 'jobmon tail --logs -i "error|fehler"' },
    { says: texts.exampleNdjson, command: "jobmon tail -o ndjson | jq .title" },
  ],
  exitCodes: [0, 1, 2, 3, 4, 5, 6, 7, 130, 143],
  load: async () => (await import("./tail.ts")).tail,
});
