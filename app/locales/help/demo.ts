import type { Localized } from "#app/locales/locale.ts";

export const demoHelp = {
  summary: {
    de: "startet einen Server auf Probe und lässt Jobs laufen",
    en: "starts a server on trial and lets jobs run",
  },
  port: { de: "Port (sonst 4500, oder ein freier)", en: "port (else 4500, or a free one)" },
  dataDir: {
    de: "Ordner für die Daten, der bleibt (sonst einer, der am Ende verschwindet)",
    en: "folder for the data, which stays (else one that is gone at the end)",
  },
  noOpen: { de: "öffnet keinen Browser", en: "opens no browser" },
  once: {
    de: "endet, wenn alles einmal gespielt ist",
    en: "ends when everything was played once",
  },
  speed: {
    de: "so viel schneller als zum Zusehen (sonst 1)",
    en: "that much faster than is good to watch (else 1)",
  },
  server: { de: "Adresse des Servers", en: "address of the server" },
  example: { de: "alles einmal, ohne Browser", en: "everything once, without a browser" },
} satisfies Record<string, Localized<string>>;
