import { LOCALES } from "#app/locales/locale.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import { CliError, failureOf } from "./cli-error.ts";
import { EXIT } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import type { Package } from "./package.ts";
import { safeLine } from "./render/safe-line.ts";

/**
 * Runs one command line, without the words for Node and the program, and gives back the exit code. A failure has then
 * been told on stderr: what and why with the code, and what to do next. Never rejects.
 */
export async function run(argv: readonly string[], surroundings: Io, pkg: Package): Promise<number> {
  const io = inLanguage(surroundings, argv);
  try {
    return await answer(argv, io, pkg);
  } catch (error) {
    const failure = asCliError(error, io);
    io.stderr.write(`jobmon: ${failure.message} (${failure.exitCode})\n`);
    io.stderr.write(failure.hint.replace(/^/gm, "  ") + "\n");
    const requestId = argv.includes("--verbose") ? requestIdOf(failure) : undefined;
    if (requestId !== undefined) io.stderr.write(`  X-Request-Id: ${safeLine(requestId)}\n`);
    if (io.environment.debug && error instanceof Error) io.stderr.write(`${error.stack}\n`);
    return failure.exitCode;
  }
}

/** Nothing is loaded but what the answer needs: the version no parser, the overview none either. */
async function answer(argv: readonly string[], io: Io, pkg: Package): Promise<number> {
  const { locale } = io.environment;
  switch (argv[0]) {
    case "-V":
    case "--version":
      io.stdout.write(`${pkg.version}\n`);
      return EXIT.ok;
    case "-h":
    case "--help": {
      const { commands } = await import("./command-list.ts");
      const { renderOverview } = await import("./help/render-help.ts");
      io.stdout.write(renderOverview(commands, { locale, width: io.stdout.columns() }));
      return EXIT.ok;
    }
    default: {
      const { runCommandLine } = await import("./program.ts");
      return runCommandLine(argv, io, pkg);
    }
  }
}

/** `--lang` decides before anything is read, because faults of the command line are told too. */
function inLanguage(io: Io, argv: readonly string[]): Io {
  const own = argv.slice(0, argv.includes("--") ? argv.indexOf("--") : argv.length).join(" ");
  const [, named] = /(?:^| )--lang[ =](\S+)/.exec(own) ?? [];
  const locale = LOCALES.find((known) => known === named) ?? io.environment.locale;
  return { ...io, environment: { ...io.environment, locale } };
}

/** Which request of the server's log a failure is about, where it was one. */
function requestIdOf({ cause }: CliError): string | undefined {
  const fields = typeof cause === "object" && cause !== null && "requestId" in cause ? cause : undefined;
  return typeof fields?.requestId === "string" ? fields.requestId : undefined;
}

function asCliError(error: unknown, { environment }: Io): CliError {
  if (error instanceof CliError) return error;
  const { unexpected } = terminalTexts[environment.locale];
  const reason = safeLine(error instanceof Error ? error.message : String(error));
  return new CliError(failureOf(unexpected, { reason }), EXIT.unavailable, { cause: error });
}
