import type { Localized } from "#app/locales/locale.ts";

export const restoredHelp = {
  summary: {
    de: "vermerkt, dass der Ordner für die Daten oder die MongoDB auf einen früheren Stand zurückgesetzt wurde",
    en: "notes that the folder for the data or the MongoDB was put back to an earlier state",
  },
  example: { de: "vor dem nächsten Start", en: "before the next start" },
} satisfies Record<string, Localized<string>>;
