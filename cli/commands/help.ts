import type { Invocation } from "../command.ts";
import { commands } from "../command-list.ts";
import { EXIT } from "../exit-codes.ts";
import { renderEnvironmentHelp, renderExitCodes } from "../help/help-topics.ts";
import { renderCommandHelp, renderOverview } from "../help/render-help.ts";
import { refuse } from "../options/readers.ts";
import type { commonOptions } from "../options/shared-options.ts";
import { safeLine } from "../render/safe-line.ts";

/** `jobmon help [topic]`: the overview, a command, or a topic, on stdout. 2 where there is no such thing. */
export async function help({ io, args }: Invocation<typeof commonOptions>): Promise<number> {
  const topic = args.join(" ");
  const { locale } = io.environment;
  const page = { locale, width: io.stdout.columns() };
  const known = commands.find(({ name, hidden }) => name === topic && hidden !== true);
  if (topic === "") io.stdout.write(renderOverview(commands, page));
  else if (topic === "exit-codes") io.stdout.write(renderExitCodes(page));
  else if (topic === "environment") io.stdout.write(renderEnvironmentHelp(page));
  else if (known !== undefined) io.stdout.write(renderCommandHelp(known, page));
  else refuse(locale, (usage) => usage.unknownTopic({ name: safeLine(topic) }));
  return EXIT.ok;
}
