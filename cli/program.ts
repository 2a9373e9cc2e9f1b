import { Argument, Command as Parser, Option } from "commander";
import type { Command } from "./command.ts";
import { commands } from "./command-list.ts";
import { renderCommandHelp, renderOverview } from "./help/render-help.ts";
import type { Io } from "./io.ts";
import type { OptionSpec } from "./options/option.ts";
import type { Package } from "./package.ts";

/**
 * The parser of jobmon's command line, made from the list of commands. `finish` is called with the exit code of the one
 * that ran. Parsing throws CommanderError or CliError and never ends the process.
 */
export function createProgram(io: Io, pkg: Package, finish: (exitCode: number) => void): Parser {
  const page = () => ({ locale: io.environment.locale, width: io.stdout.columns() });
  const program = setUp(new Parser("jobmon"), io, () => renderOverview(commands, page()))
    .helpCommand(false)
    .enablePositionalOptions()
    .version(pkg.version, "-V, --version");
  const groups = new Map<string, Parser>();

  /** The parser that `config set` is a command of: `config`, whose help lists its own. */
  function parentOf({ name }: Command): Parser {
    const [group = "", own] = name.split(" ");
    if (own === undefined) return program;
    const known = groups.get(group);
    if (known !== undefined) return known;
    const members = commands.filter((command) => command.name.startsWith(`${group} `));
    const made = setUp(program.command(group), io, () => renderOverview(members, page())).helpCommand(false);
    groups.set(group, made);
    return made;
  }

  for (const command of commands) {
    const name = command.name.split(" ").at(-1) ?? command.name;
    const parser = setUp(parentOf(command).command(name), io, () => renderCommandHelp(command, page()));
    for (const argument of Object.keys(command.arguments ?? {})) parser.addArgument(new Argument(argument));
    for (const option of Object.values(command.options)) parser.addOption(toOption(option));
    if (command.passThrough) parser.passThroughOptions();
    parser.action(async () => {
      finish(await command.run({ io, pkg, args: parser.args, raw: parser.opts() }));
    });
  }
  return program;
}

function setUp(parser: Parser, { stdout, stderr }: Io, formatHelp: () => string): Parser {
  return parser
    .exitOverride()
    .helpOption("-h, --help")
    .configureHelp({ formatHelp })
    .configureOutput({ writeOut: stdout.write, writeErr: stderr.write, outputError: () => {} });
}

/** As the parser has it: texts, which the command decodes itself. */
function toOption({ flags, isRequired = false, isRepeatable = false }: OptionSpec<unknown>): Option {
  const option = new Option(flags).makeOptionMandatory(isRequired);
  if (isRepeatable) {
    option.argParser((text: string, before: string[] | undefined) => [...(before ?? []), text]);
  }
  return option;
}
