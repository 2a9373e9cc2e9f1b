import { defineTexts } from "./define-texts.ts";

/** The texts of the panel; the words it shares with the terminal are in `words.ts`. */
export const panelTexts = defineTexts({
  de: {
    title: "Verarbeitung",
    close: "Schließen",
    notice: {
      asOf: "Getrennt. Stand von {clock}",
      nextTry: "nächster Versuch in {seconds, number}\u00a0s",
      trying: "verbinde …",
      connectNow: "Jetzt verbinden",
      signedOut: "bitte neu anmelden",
      stopped: "der Server hat die Verbindung beendet",
      reload: "Neu laden",
    },
    older: {
      load: "Ältere laden",
      loading: "Lade ältere …",
      count: "{shown, number} von {total, number}",
      all: "{total, plural, one{1 Job} other{# Jobs}}",
      failed: "Ältere Jobs konnten nicht geladen werden.",
    },
    empty: {
      title: "Noch keine Jobs",
      text: "Sobald ein Dienst den ersten Job meldet, erscheint er hier.",
      try: "Zum Ausprobieren im Terminal:",
      jobTitle: "Mein erster Job",
    },
    progress: {
      short: "{percent, number}\u00a0%",
      spoken: "{percent, number} Prozent",
      unknown: "Fortschritt unbekannt",
    },
    retry: "Nochmal versuchen",
    copy: {
      command: "Befehl kopieren",
      done: "Kopiert",
      failed: "Kopieren nicht erlaubt",
    },
  },
  en: {
    title: "Processing",
    close: "Close",
    notice: {
      asOf: "Disconnected. As of {clock}",
      nextTry: "next try in {seconds, number}\u00a0s",
      trying: "connecting…",
      connectNow: "Connect now",
      signedOut: "please sign in again",
      stopped: "the server has closed the connection",
      reload: "Reload",
    },
    older: {
      load: "Load older",
      loading: "Loading older…",
      count: "{shown, number} of {total, number}",
      all: "{total, plural, one{1 job} other{# jobs}}",
      failed: "Older jobs could not be loaded.",
    },
    empty: {
      title: "No jobs yet",
      text: "The first job appears here as soon as a service reports it.",
      try: "To try it out, in a terminal:",
      jobTitle: "My first job",
    },
    progress: {
      short: "{percent, number}%",
      spoken: "{percent, number} percent",
      unknown: "progress unknown",
    },
    retry: "Try again",
    copy: { command: "Copy command", done: "Copied", failed: "Copying is not allowed" },
  },
});
