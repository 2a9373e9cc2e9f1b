import { CommanderError } from "commander";
import { LOCALES } from "#app/locales/locale.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import { CliError, failureOf } from "./cli-error.ts";
import { EXIT } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import type { Package } from "./package.ts";
import { createProgram } from "./program.ts";
import { safeLine } from "./render/safe-line.ts";

/**
 * Runs one command line, without the words for Node and the program, and gives back the exit code. A failure has then
 * been told on stderr: what and why with the code, and what to do next. Never rejects.
 */
export async function run(argv: readonly string[], surroundings: Io, pkg: Package): Promise<number> {
  const io = inLanguage(surroundings, argv);
  let exitCode: number = EXIT.ok;
  const program = createProgram(io, pkg, (code) => (exitCode = code));
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
    if (error instanceof CommanderError && error.code === "commander.help") return EXIT.usage;
    const failure = asCliError(error, io);
    io.stderr.write(`jobmon: ${failure.message} (${failure.exitCode})\n`);
    io.stderr.write(failure.hint.replace(/^/gm, "  ") + "\n");
    const requestId = argv.includes("--verbose") ? requestIdOf(failure) : undefined;
    if (requestId !== undefined) io.stderr.write(`  X-Request-Id: ${safeLine(requestId)}\n`);
    if (io.environment.debug && error instanceof Error) io.stderr.write(`${error.stack}\n`);
    return failure.exitCode;
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
  const { usage, unexpected } = terminalTexts[environment.locale];
  if (error instanceof CommanderError) {
    return new CliError({ message: usageMessage(error, usage), hint: usage.hint }, EXIT.usage);
  }
  const reason = safeLine(error instanceof Error ? error.message : String(error));
  return new CliError(failureOf(unexpected, { reason }), EXIT.unavailable, { cause: error });
}

type UsageTexts = (typeof terminalTexts)["de"]["usage"];

/** Commander's fault in our words; it quotes what the fault is about. */
function usageMessage({ code, message }: CommanderError, usage: UsageTexts): string {
  const about = safeLine(/'([^']*)'/.exec(message)?.[1] ?? "");
  switch (code) {
    case "commander.unknownCommand":
      return usage.unknownCommand({ name: about });
    case "commander.unknownOption":
      return usage.unknownOption({ name: about });
    case "commander.missingArgument":
      return usage.missingArgument({ name: about });
    case "commander.optionMissingArgument":
    case "commander.missingMandatoryOptionValue":
      return usage.missingValue({ option: about });
    case "commander.excessArguments":
      return usage.tooMany;
    default:
      return safeLine(message);
  }
}
