import { environmentTexts } from "#app/locales/help/environment.ts";
import { exitCodeTexts } from "#app/locales/help/help.ts";
import type { Locale } from "#app/locales/locale.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { HelpPage } from "./render-help.ts";
import { renderTerms } from "./wrap.ts";

/** Exit codes with what they mean. */
export function exitCodeTerms(codes: readonly ExitCode[], locale: Locale): (readonly [string, string])[] {
  return codes.map((code) => [String(code), exitCodeTexts[code][locale]] as const);
}

/** `jobmon help exit-codes`. */
export function renderExitCodes({ locale, width }: HelpPage): string {
  return renderTerms(exitCodeTerms(Object.values(EXIT), locale), width);
}

/** `jobmon help environment`. */
export function renderEnvironmentHelp({ locale, width }: HelpPage): string {
  return renderTerms(
    Object.entries(environmentTexts).map(([name, text]) => [name, text[locale]] as const),
    width,
  );
}
