import { runHelp as texts } from "#app/locales/help/run.ts";
import { defineCommand, type Invocation } from "../command.ts";
import { flag, option, optionOr, textOption } from "../options/option.ts";
import { readDuration } from "../options/readers.ts";
import { commonOptions, serverOptions } from "../options/shared-options.ts";

const options = {
  title: textOption("--title <title>", texts.title),
  kind: textOption("--kind <kind>", texts.kind),
  timeout: option("--timeout <duration>", texts.timeout, readDuration),
  grace: optionOr("--grace <duration>", texts.grace, readDuration, { ms: 10_000, text: "10s" }),
  noLogs: flag("--no-logs", texts.noLogs),
  noProgress: flag("--no-progress", texts.noProgress),
  quiet: flag("-q, --quiet", texts.quiet),
  ...serverOptions,
  ...commonOptions,
};
export type RunInvocation = Invocation<typeof options>;

export const runCommand = defineCommand({
  name: "run",
  group: "report",
  summary: texts.summary,
  description: [texts.more, texts.codes, texts.screens],
  arguments: { "<command...>": texts.command },
  passThrough: true,
  options,
  examples: [
    { says: texts.exampleChain, command: "jobmon run -- ./backup.sh && deploy" },
    {
      says: texts.exampleTitle,
      command: 'jobmon run --title "Nachtlauf" --timeout 2h -- make nightly',
    },
    { says: texts.exampleProgress, command: 'echo "3/12 Seite 3" > "$JOBMON_PROGRESS"' },
  ],
  exitCodes: [0, 2, 124, 130, 143],
  load: async () => (await import("./run.ts")).run,
});
