import type { CommanderError } from "commander";
import type { Locale } from "#app/locales/locale.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import { CliError } from "./cli-error.ts";
import { EXIT } from "./exit-codes.ts";
import { safeLine } from "./render/safe-line.ts";

/** Commander's fault (2) in our words; it quotes what the fault is about. */
export function usageFault({ code, message }: CommanderError, locale: Locale): CliError {
  const { usage } = terminalTexts[locale];
  return new CliError({ message: says(), hint: usage.hint }, EXIT.usage);

  function says(): string {
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
}
