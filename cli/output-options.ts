import type { Io } from "./io.ts";
import { createLook, type Look } from "./render/look.ts";

export type OutputForm = "text" | "json" | "ndjson";
export type ColourMode = "auto" | "always" | "never";
export type OutputOptions = { output: OutputForm; color: ColourMode };

/** `--color` wins, then NO_COLOR and FORCE_COLOR, then whether there is a terminal that can show it. */
export function lookFor(
  { environment, stdout }: Pick<Io, "environment" | "stdout">,
  options: OutputOptions,
): Look {
  const { locale, ascii, dumb, colour } = environment;
  const automatic = colour ?? (stdout.isTTY && !dumb);
  return createLook({
    locale,
    ascii,
    colour: options.color === "auto" ? automatic : options.color === "always",
  });
}
