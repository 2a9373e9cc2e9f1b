import { defineTexts } from "./define-texts.ts";

/** The texts of the panel; the words it shares with the terminal are in `words.ts`. */
export const panelTexts = defineTexts({
  de: {
    title: "Verarbeitung",
    page: {
      heading: "jobmon",
      text: "Was gerade läuft und was fertig ist, steht rechts in der Verarbeitung.",
    },
    close: "Schließen",
    notice: {
      asOf: "Getrennt. Stand von {clock}",
      nextTry: "nächster Versuch in {seconds, number} s",
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
      short: "{percent, number} %",
      spoken: "{percent, number} Prozent",
      unknown: "Fortschritt unbekannt",
    },
    retry: "Nochmal versuchen",
    copy: {
      command: "Befehl kopieren",
      error: "Fehler kopieren",
      done: "Kopiert",
      failed: "Kopieren nicht erlaubt",
    },
    detail: {
      label: "Einzelheiten zu {title}",
      loading: "Lade Einzelheiten …",
      unreachable: "jobmon antwortet nicht. Das Protokoll konnte nicht geladen werden.",
      gone: "Diesen Job gibt es nicht mehr.",
      failed: "Das Protokoll konnte nicht geladen werden.",
    },
    log: {
      title: "Protokoll",
      some: "letzte {shown, number} von {total, number} Zeilen",
      none: "Noch keine Zeilen",
      newLines: "{count, plural, one{1 neue Zeile} other{# neue Zeilen}}",
      error: "Fehler",
      warning: "Warnung",
    },
    error: {
      lastWords: "Letzte Fehlermeldung: {message}",
      silent:
        "Prüfen, ob der Dienst noch läuft. Meldet er sich wieder, geht der Job hier von selbst weiter; sonst neu einreichen.",
      seeLog: "Das Protokoll zeigt, was zuletzt geschah. Ursache beheben und den Job neu einreichen.",
    },
    result: {
      files: "Dateien",
      file: "Ergebnis",
      text: "Text",
      cut: "… gekürzt, insgesamt {characters, number} Zeichen",
    },
  },
  en: {
    title: "Processing",
    page: { heading: "jobmon", text: "What is running and what is done stands on the right, in Processing." },
    close: "Close",
    notice: {
      asOf: "Disconnected. As of {clock}",
      nextTry: "next try in {seconds, number} s",
      trying: "connecting …",
      connectNow: "Connect now",
      signedOut: "please sign in again",
      stopped: "the server has ended the connection",
      reload: "Reload",
    },
    older: {
      load: "Load older",
      loading: "Loading older …",
      count: "{shown, number} of {total, number}",
      all: "{total, plural, one{1 job} other{# jobs}}",
      failed: "Older jobs could not be loaded.",
    },
    empty: {
      title: "No jobs yet",
      text: "As soon as a service reports the first job, it appears here.",
      try: "To try it, in a terminal:",
      jobTitle: "My first job",
    },
    progress: {
      short: "{percent, number}%",
      spoken: "{percent, number} percent",
      unknown: "progress unknown",
    },
    retry: "Try again",
    copy: { command: "Copy command", error: "Copy error", done: "Copied", failed: "Copying not allowed" },
    detail: {
      label: "Details of {title}",
      loading: "Loading details …",
      unreachable: "jobmon does not answer. The log could not be loaded.",
      gone: "This job does not exist any more.",
      failed: "The log could not be loaded.",
    },
    log: {
      title: "Log",
      some: "last {shown, number} of {total, number} lines",
      none: "No lines yet",
      newLines: "{count, plural, one{1 new line} other{# new lines}}",
      error: "Error",
      warning: "Warning",
    },
    error: {
      lastWords: "Last error message: {message}",
      silent:
        "Check whether the service is still running. If it reports again, the job goes on here by itself; otherwise submit it again.",
      seeLog: "The log shows what happened last. Fix the cause and submit the job again.",
    },
    result: {
      files: "Files",
      file: "Result",
      text: "Text",
      cut: "… cut, {characters, number} characters in all",
    },
  },
});
