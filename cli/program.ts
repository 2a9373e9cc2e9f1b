import { Argument, Command, Option } from "commander";
import { terminalTexts } from "#app/locales/terminal.ts";
import type { Io } from "./io.ts";
import type { Package } from "./package.ts";
import type { OutputOptions } from "./output-options.ts";
import { createOptionReaders } from "./read-options.ts";
import type { AuditFlags } from "./commands/audit.ts";
import type { MigrateFlags } from "./commands/migrate.ts";
import type { RestoredFlags } from "./commands/restored.ts";
import type { ServeFlags } from "./commands/serve.ts";

type Server = { url?: string };

/**
 * The commands of jobmon. `finish` is called with the exit code of the one that ran; each loads what it needs only when
 * it runs. Parsing throws CommanderError or CliError and never ends the process.
 */
export function createProgram(io: Io, pkg: Package, finish: (exitCode: number) => void): Command {
  const { locale, url: environmentUrl } = io.environment;
  const { about, commands, options: texts, arguments: args, headings, exitCodes } = terminalTexts[locale];
  const read = createOptionReaders(locale);
  const program = new Command("jobmon");

  const output = () => new Option("-o, --output <form>", texts.output).argParser(read.output);
  const color = () => new Option("--color <when>", texts.color).argParser(read.color);
  const port = (text: string) => new Option("--port <port>", text).argParser(read.port);
  const shared = (given: Partial<OutputOptions> & Server) => ({
    output: given.output ?? "text",
    color: given.color ?? "auto",
    url: read.url(given.url, environmentUrl),
  });

  program
    .exitOverride()
    .description(about)
    .helpOption("-h, --help", texts.help)
    .helpCommand(false)
    .version(pkg.version, "-V, --version", texts.version)
    .addHelpText("after", `\n${exitCodes}`)
    .configureHelp({ styleTitle: (title) => headings[title] ?? title })
    .configureOutput({
      writeOut: io.stdout.write,
      writeErr: io.stderr.write,
      outputError: () => {},
      getOutHelpWidth: io.stdout.columns,
      getErrHelpWidth: io.stderr.columns,
    });

  program
    .command("tail")
    .description(commands.tail)
    .option("--url <url>", texts.url)
    .addOption(output())
    .addOption(color())
    .option("--include-connection", texts.connection)
    .action(async (given: Partial<OutputOptions> & Server & { includeConnection?: boolean }) => {
      const { tail } = await import("./commands/tail.ts");
      finish(await tail(io, { ...given, ...shared(given) }));
    });

  program
    .command("logs")
    .description(commands.logs)
    .addArgument(new Argument("<jobId>", args.job))
    .addOption(new Option("-n, --lines <count>", texts.lines).argParser(read.lines))
    .option("-f, --follow", texts.follow)
    .option("--url <url>", texts.url)
    .addOption(output())
    .addOption(color())
    .action(
      async (
        jobId: string,
        given: Partial<OutputOptions> & Server & { lines?: number; follow?: boolean },
      ) => {
        const { logs } = await import("./commands/logs.ts");
        finish(await logs(io, jobId, { lines: 50, ...given, ...shared(given) }));
      },
    );

  program
    .command("serve")
    .description(commands.serve)
    .addOption(port(texts.port))
    .option("--host <host>", texts.host)
    .option("--data-dir <folder>", texts.dataDir)
    .action(async (given: ServeFlags) => {
      const { serve } = await import("./commands/serve.ts");
      finish(await serve(given, { server: pkg.server, locale }));
    });

  program
    .command("audit")
    .description(commands.audit)
    .option("--data-dir <folder>", texts.dataDir)
    .action(async (given: AuditFlags) => {
      const { audit } = await import("./commands/audit.ts");
      finish(await audit(io, given, { server: pkg.server }));
    });

  program
    .command("restored")
    .description(commands.restored)
    .option("--data-dir <folder>", texts.dataDir)
    .action(async (given: RestoredFlags) => {
      const { restored } = await import("./commands/restored.ts");
      finish(await restored(io, given, { server: pkg.server }));
    });

  program
    .command("migrate")
    .description(commands.migrate)
    .requiredOption("--from <storage>", texts.from)
    .requiredOption("--to <storage>", texts.to)
    .action(async (given: MigrateFlags) => {
      const { migrate } = await import("./commands/migrate.ts");
      finish(await migrate(io, given, { server: pkg.server }));
    });

  program
    .command("demo")
    .description(commands.demo)
    .addOption(port(texts.demoPort))
    .option("--data-dir <folder>", texts.demoDataDir)
    .option("--no-open", texts.noOpen)
    .option("--once", texts.once)
    .addOption(new Option("--speed <factor>", texts.speed).argParser(read.speed))
    .action(
      async (given: { port?: number; dataDir?: string; open: boolean; once?: boolean; speed?: number }) => {
        const { demo } = await import("./commands/demo.ts");
        finish(await demo(io, { once: false, speed: 1, ...given }, pkg));
      },
    );

  // What `jobmon demo` starts as its worker: a process of its own, that knows the server only by its address.
  program
    .command("demo-worker", { hidden: true })
    .requiredOption("--url <url>")
    .option("--once")
    .addOption(new Option("--speed <factor>").argParser(read.speed))
    .action(async (given: { url: string; once?: boolean; speed?: number }) => {
      const { demoWorker } = await import("./commands/demo-worker.ts");
      finish(await demoWorker(io, { once: false, speed: 1, ...given }, pkg));
    });

  return program;
}
