import type { Localized } from "#app/locales/locale.ts";

export const tailHelp = {
  summary: { de: "zeigt Jobs, während sie laufen", en: "shows jobs while they run" },
  connection: {
    de: "nimmt mit -o ndjson auch den Zustand der Verbindung auf",
    en: "with -o ndjson, takes in the state of the connection too",
  },
  exampleAll: { de: "alles, was gerade läuft", en: "everything that runs now" },
  exampleNdjson: { de: "für Programme", en: "for programs" },
} satisfies Record<string, Localized<string>>;
