import type { Io } from "./io.ts";
import type { ColourMode } from "./options/shared-options.ts";
import { createLook, type Look } from "./render/look.ts";

/** `--color` wins, then NO_COLOR and FORCE_COLOR, then whether there is a terminal that can show it. */
export function lookFor(
  { environment, stdout }: Pick<Io, "environment" | "stdout">,
  options: { color: ColourMode },
): Look {
  const { locale, ascii, dumb, colour } = environment;
  const automatic = colour ?? (stdout.isTTY && !dumb);
  return createLook({
    locale,
    ascii,
    colour: options.color === "auto" ? automatic : options.color === "always",
  });
}
