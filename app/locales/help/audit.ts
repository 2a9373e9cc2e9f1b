import type { Localized } from "#app/locales/locale.ts";

export const auditHelp = {
  summary: {
    de: "prüft, ob jeder Job so gespeichert ist, wie er gemeldet wurde",
    en: "checks that every job is stored as it was reported",
  },
  example: { de: "den Ordner im Arbeitsverzeichnis", en: "the folder in the working directory" },
  ofMongo: { de: "eine MongoDB", en: "a MongoDB" },
} satisfies Record<string, Localized<string>>;
