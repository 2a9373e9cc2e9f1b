import { defineTexts } from "./define-texts.ts";

/** The words panel and terminal share (glossary). */
export const words = defineTexts({
  de: {
    status: {
      queued: "Wartet",
      running: "Läuft",
      "pending-storage": "Wird gespeichert",
      completed: "Abgeschlossen",
      failed: "Fehlgeschlagen",
      canceled: "Abgebrochen",
    },
    connection: {
      connecting: "Verbinde …",
      live: "Live",
      lagging: "Live · eingeschränkt",
      reconnecting: "Getrennt",
      offline: "Getrennt",
    },
    /** `silence` is already formatted, such as „4 Min.“. */
    noUpdateFor: "Keine Rückmeldung seit {silence}",
    /** Errors jobmon itself declares, by code; a worker's own message is shown as it is. */
    error: { no_callback: "Der Dienst hat sich nicht mehr gemeldet" },
    /** Steps with names that are known; a worker's own are shown as they are. */
    phase: {
      pending: "Warten",
      initializing: "Vorbereiten",
      processing: "Verarbeiten",
      progress: "Verarbeiten",
      postprocessing: "Nachbereiten",
      transcribing: "Transkribieren",
    },
  },
  en: {
    status: {
      queued: "Queued",
      running: "Running",
      "pending-storage": "Saving",
      completed: "Completed",
      failed: "Failed",
      canceled: "Canceled",
    },
    connection: {
      connecting: "Connecting…",
      live: "Live",
      lagging: "Live · limited",
      reconnecting: "Disconnected",
      offline: "Disconnected",
    },
    noUpdateFor: "No update for {silence}",
    error: { no_callback: "The service stopped reporting" },
    phase: {
      pending: "Waiting",
      initializing: "Preparing",
      processing: "Processing",
      progress: "Processing",
      postprocessing: "Finishing",
      transcribing: "Transcribing",
    },
  },
});
