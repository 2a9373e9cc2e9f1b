import { commands } from "../../cli/command-list.ts";
import { toManPage } from "./man-page.ts";
import { toMarkdown } from "./markdown.ts";

const shown = commands.filter(({ hidden }) => hidden !== true);

/** The files that describe the terminal client, by their path, as they should be. */
export function cliDocs(): Record<string, string> {
  return { "docs/cli.md": toMarkdown(shown), "docs/jobmon.1": toManPage(shown) };
}
