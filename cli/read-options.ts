import type { Locale } from "#app/locales/locale.ts";
import { terminalTexts } from "#app/locales/terminal.ts";
import { CliError } from "./cli-error.ts";
import { EXIT } from "./exit-codes.ts";
import type { ColourMode, OutputForm } from "./output-options.ts";
import { safeLine } from "./render/safe-line.ts";

const OUTPUTS: readonly OutputForm[] = ["text", "json", "ndjson"];
const COLOURS: readonly ColourMode[] = ["auto", "always", "never"];
const DEFAULT_URL = "http://127.0.0.1:4500";

export type OptionReaders = {
  port(value: string): number;
  lines(value: string): number;
  speed(value: string): number;
  output(value: string): OutputForm;
  color(value: string): ColourMode;
  /** The flag, else the environment, else this machine's own jobmon. */
  url(flag: string | undefined, fromEnvironment: string | undefined): string;
};

/** Reads what stands on the command line. Each throws CliError (2) that names the value and what would be right. */
export function createOptionReaders(locale: Locale): OptionReaders {
  const { usage } = terminalTexts[locale];
  const refuse = (message: string): never => {
    throw new CliError({ message, hint: usage.hint }, EXIT.usage);
  };
  const whole = (value: string, least: number, most: number): number | undefined => {
    const number = /^\d{1,6}$/.test(value) ? Number(value) : -1;
    return number >= least && number <= most ? number : undefined;
  };
  const oneOf = <Choice extends string>(value: string, choices: readonly Choice[]): Choice =>
    choices.find((choice) => choice === value) ?? refuse(usage.notOneOf(safeLine(value), choices.join(", ")));

  return {
    port: (value) => whole(value, 0, 65_535) ?? refuse(usage.notAPort(safeLine(value))),
    lines: (value) => whole(value, 1, 500) ?? refuse(usage.notACount(safeLine(value))),
    speed: (value) => (Number(value) > 0 ? Number(value) : refuse(usage.notASpeed(safeLine(value)))),
    output: (value) => oneOf(value, OUTPUTS),
    color: (value) => oneOf(value, COLOURS),
    url(flag, fromEnvironment) {
      const value = flag ?? fromEnvironment ?? DEFAULT_URL;
      const isHttp = URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
      return isHttp ? value.replace(/\/+$/, "") : refuse(usage.notAUrl(safeLine(value)));
    },
  };
}
