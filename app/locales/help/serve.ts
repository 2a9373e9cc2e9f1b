import type { Localized } from "#app/locales/locale.ts";

export const serveHelp = {
  summary: { de: "startet den Server", en: "starts the server" },
  port: {
    de: "Port, 0 für einen freien (sonst PORT, sonst 4500)",
    en: "port, 0 for a free one (else PORT, else 4500)",
  },
  host: {
    de: "Adresse, auf der gelauscht wird (sonst HOST, sonst 127.0.0.1)",
    en: "address to listen on (else HOST, else 127.0.0.1)",
  },
  example: { de: "auf einem anderen Port", en: "on another port" },
} satisfies Record<string, Localized<string>>;
