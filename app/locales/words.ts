import type { Connection } from "#app/client/connection.ts";
import type { JobStatus } from "#app/contract/job.ts";
import type { Localized } from "./locale.ts";

type Words = {
  status: Record<JobStatus, string>;
  connection: Record<Connection["state"], string>;
  /** `silence` is already formatted, such as „4 Min.“. */
  noUpdateFor: (silence: string) => string;
  /** Errors jobmon itself declares, by code; a worker's own message is shown as it is. */
  error: Record<string, string>;
};

/** The words panel and terminal share (glossary). */
export const words: Localized<Words> = {
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
      reconnecting: "Getrennt",
      offline: "Getrennt",
    },
    noUpdateFor: (silence) => `Keine Rückmeldung seit ${silence}`,
    error: { no_callback: "Der Dienst hat sich nicht mehr gemeldet" },
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
      connecting: "Connecting …",
      live: "Live",
      reconnecting: "Disconnected",
      offline: "Disconnected",
    },
    noUpdateFor: (silence) => `No update for ${silence}`,
    error: { no_callback: "The service stopped reporting" },
  },
};
