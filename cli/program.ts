import { Argument, Command as Parser, CommanderError, Option } from "commander";
import type { Command } from "./command.ts";
import { commands } from "./command-list.ts";
import { EXIT } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import type { OptionSpec } from "./options/option.ts";
import type { Package } from "./package.ts";
import { usageFault } from "./usage-fault.ts";

/** What help is wanted about: a command, or the commands of an overview. */
type Topic = Command | readonly Command[];

/**
 * Parses a command line and runs the command it names; gives back its exit code, 0 after help that was asked for, 2 after
 * help that was not. Rejects with CliError for a command line that cannot be understood, and with what the command does.
 */
export async function runCommandLine(argv: readonly string[], io: Io, pkg: Package): Promise<number> {
  let exitCode: number = EXIT.ok;
  let topic: Topic = commands;
  const meant = commands.filter(({ name }) => name.split(" ", 1).join() === argv[0]);
  const program = createProgram(meant.length === 0 ? commands : meant, {
    run: async (command, args, raw) => (exitCode = await command.run({ io, pkg, args, raw })),
    onHelp: (wanted) => (topic = wanted),
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.helpDisplayed") {
      io.stdout.write(await helpOn(topic, io));
      return EXIT.ok;
    }
    if (error.code !== "commander.help") throw usageFault(error, io.environment.locale);
    io.stderr.write(await helpOn(topic, io));
    return EXIT.usage;
  }
}

async function helpOn(topic: Topic, { environment, stdout }: Io): Promise<string> {
  const { renderCommandHelp, renderOverview } = await import("./help/render-help.ts");
  const page = { locale: environment.locale, width: stdout.columns() };
  return "name" in topic ? renderCommandHelp(topic, page) : renderOverview(topic, page);
}

type Listener = {
  run(command: Command, args: readonly string[], raw: Record<string, unknown>): Promise<void | number>;
  onHelp(topic: Topic): void;
};

/** The parser for these commands alone: making it for all takes as long as all the rest of the start. */
function createProgram(meant: readonly Command[], { run, onHelp }: Listener): Parser {
  const program = setUp(new Parser("jobmon"), commands).enablePositionalOptions();
  const groups = new Map<string, Parser>();

  /** The parser that `config set` is a command of: `config`, whose help lists its own. */
  function parentOf({ name }: Command): Parser {
    const [group = "", own] = name.split(" ");
    if (own === undefined) return program;
    const made = groups.get(group) ?? setUp(program.command(group), meant);
    groups.set(group, made);
    return made;
  }

  /** Commander shows nothing itself: whoever hears what help is wanted about does. */
  function setUp(parser: Parser, topic: Topic): Parser {
    return parser
      .exitOverride()
      .helpCommand(false)
      .helpOption("-h, --help")
      .configureHelp({
        formatHelp() {
          onHelp(topic);
          return "";
        },
      })
      .configureOutput({ writeOut: () => {}, writeErr: () => {}, outputError: () => {} });
  }

  for (const command of meant) {
    const name = command.name.split(" ").at(-1) ?? command.name;
    const parser = setUp(parentOf(command).command(name), command);
    for (const argument of Object.keys(command.arguments ?? {})) parser.addArgument(new Argument(argument));
    for (const option of Object.values(command.options)) parser.addOption(toOption(option));
    if (command.passThrough) parser.passThroughOptions();
    parser.action(async () => void (await run(command, parser.args, parser.opts())));
  }
  return program;
}

/** As the parser has it: texts, which the command decodes itself. */
function toOption({ flags, isRequired = false, isRepeatable = false }: OptionSpec<unknown>): Option {
  const option = new Option(flags).makeOptionMandatory(isRequired);
  if (isRepeatable) {
    option.argParser((text: string, before: string[] | undefined) => [...(before ?? []), text]);
  }
  return option;
}
