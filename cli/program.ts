import { Argument, Command as Parser, CommanderError, Option } from "commander";
import type { Command } from "./command.ts";
import { commands } from "./command-list.ts";
import { EXIT } from "./exit-codes.ts";
import { renderCommandHelp, renderOverview } from "./help/render-help.ts";
import type { Io } from "./io.ts";
import type { OptionSpec } from "./options/option.ts";
import type { Package } from "./package.ts";
import { usageFault } from "./usage-fault.ts";

/**
 * Parses a command line and runs the command it names; gives back its exit code, 0 after help that was asked for, 2 after
 * help that was not. Rejects with CliError for a command line that cannot be understood, and with what the command does.
 */
export async function runCommandLine(argv: readonly string[], io: Io, pkg: Package): Promise<number> {
  let exitCode: number = EXIT.ok;
  const meant = commands.filter(({ name }) => name.split(" ", 1).join() === argv[0]);
  const program = createProgram(meant.length === 0 ? commands : meant, {
    io,
    pkg,
    finish: (code) => (exitCode = code),
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.ok;
    if (error.code === "commander.help") return EXIT.usage;
    throw usageFault(error, io.environment.locale);
  }
}

type ProgramOptions = { io: Io; pkg: Package; finish: (exitCode: number) => void };

/** The parser for these commands alone: making it for all takes as long as all the rest of the start. */
function createProgram(meant: readonly Command[], { io, pkg, finish }: ProgramOptions): Parser {
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
    const made = setUp(program.command(group), io, () => renderOverview(meant, page())).helpCommand(false);
    groups.set(group, made);
    return made;
  }

  for (const command of meant) {
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
