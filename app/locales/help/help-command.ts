import type { Localized } from "#app/locales/locale.ts";

/** `jobmon help`. */
export const helpCommandHelp = {
  summary: { de: "erklärt einen Befehl oder ein Thema", en: "explains a command or a topic" },
  topic: {
    de: "ein Befehl, exit-codes oder environment",
    en: "a command, exit-codes or environment",
  },
  example: { de: "was die Exit-Codes heißen", en: "what the exit codes mean" },
} satisfies Record<string, Localized<string>>;
