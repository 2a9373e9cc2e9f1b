import type { Localized } from "#app/locales/locale.ts";

export const migrateHelp = {
  summary: {
    de: "kopiert alle Jobs in einen anderen Speicher und prüft beide",
    en: "copies all jobs to another storage and verifies both",
  },
  from: { de: "woher: sqlite:<Ordner>", en: "where from: sqlite:<folder>" },
  to: {
    de: "wohin, ein leerer Speicher: sqlite:<Ordner>",
    en: "where to, an empty storage: sqlite:<folder>",
  },
  example: { de: "in einen neuen Ordner", en: "to a new folder" },
} satisfies Record<string, Localized<string>>;
