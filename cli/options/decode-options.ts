import type { Locale } from "#app/locales/locale.ts";
import type { RawOptions } from "../command.ts";
import type { Given, OptionSpecs } from "./option.ts";
import { rawName } from "./raw-name.ts";

/** Every option of a command, decoded. Throws CliError (2) for the first that cannot be. */
export function decodeOptions<Specs extends OptionSpecs>(
  specs: Specs,
  raw: RawOptions,
  locale: Locale,
): Given<Specs> {
  const decoded = Object.entries(specs).map(([name, spec]) => [
    name,
    spec.decode(raw[rawName(spec.flags)], locale),
  ]);
  return Object.fromEntries(decoded) as Given<Specs>;
}
