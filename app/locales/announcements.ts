import { defineTexts } from "./define-texts.ts";

/** What a screen reader is told while the panel moves. */
export const announcements = defineTexts({
  de: {
    /** One job, in one sentence. */
    one: "{title}: {news}",
    progress: "{percent, number} Prozent",
    /** Several at once; the parts are joined by commas. */
    running: "{count, plural, one{1 Job läuft} other{# Jobs laufen}}",
    completed: "{count, number} abgeschlossen",
    failed: "{count, number} fehlgeschlagen",
    canceled: "{count, number} abgebrochen",
    connection: {
      live: "Wieder live",
      lagging: "Live, aber eingeschränkt: die Liste kann nachhängen",
      away: "Getrennt, wird neu verbunden",
      stopped: "Getrennt, bitte die Seite neu laden",
    },
  },
  en: {
    one: "{title}: {news}",
    progress: "{percent, number} percent",
    running: "{count, plural, one{1 job running} other{# jobs running}}",
    completed: "{count, number} completed",
    failed: "{count, number} failed",
    canceled: "{count, number} canceled",
    connection: {
      live: "Live again",
      lagging: "Live, but limited: the list may lag",
      away: "Disconnected, connecting again",
      stopped: "Disconnected, please reload the page",
    },
  },
});
