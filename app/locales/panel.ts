import type { Localized } from "./locale.ts";

type PanelTexts = {
  title: string;
  page: { heading: string; text: string };
  close: string;
  notice: {
    asOf: (clock: string) => string;
    nextTry: (seconds: number) => string;
    trying: string;
    connectNow: string;
    signedOut: string;
    stopped: string;
    reload: string;
  };
  older: {
    load: string;
    loading: string;
    count: (shown: number, total: number) => string;
    all: (total: number) => string;
    failed: string;
  };
  empty: { title: string; text: string; try: string; jobTitle: string };
  progress: { short: (percent: number) => string; spoken: (percent: number) => string; unknown: string };
  retry: string;
  copy: { command: string; error: string; done: string; failed: string };
  detail: {
    label: (title: string) => string;
    loading: string;
    unreachable: string;
    gone: string;
    failed: string;
  };
  log: {
    title: string;
    some: (shown: number, total: number) => string;
    none: string;
    newLines: (count: number) => string;
    error: string;
    warning: string;
  };
  error: { lastWords: (message: string) => string; silent: string; seeLog: string };
  result: { files: string; file: string; text: string; cut: (characters: string) => string };
};

/** The texts of the panel; the words it shares with the terminal are in `words.ts`. */
export const panelTexts: Localized<PanelTexts> = {
  de: {
    title: "Verarbeitung",
    page: {
      heading: "jobmon",
      text: "Was gerade läuft und was fertig ist, steht rechts in der Verarbeitung.",
    },
    close: "Schließen",
    notice: {
      asOf: (clock) => `Getrennt. Stand von ${clock}`,
      nextTry: (seconds) => `nächster Versuch in ${seconds} s`,
      trying: "verbinde …",
      connectNow: "Jetzt verbinden",
      signedOut: "bitte neu anmelden",
      stopped: "der Server hat die Verbindung beendet",
      reload: "Neu laden",
    },
    older: {
      load: "Ältere laden",
      loading: "Lade ältere …",
      count: (shown, total) => `${shown} von ${total}`,
      all: (total) => (total === 1 ? "1 Job" : `${total} Jobs`),
      failed: "Ältere Jobs konnten nicht geladen werden.",
    },
    empty: {
      title: "Noch keine Jobs",
      text: "Sobald ein Dienst den ersten Job meldet, erscheint er hier.",
      try: "Zum Ausprobieren im Terminal:",
      jobTitle: "Mein erster Job",
    },
    progress: {
      short: (percent) => `${percent} %`,
      spoken: (percent) => `${percent} Prozent`,
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
      label: (title) => `Einzelheiten zu ${title}`,
      loading: "Lade Einzelheiten …",
      unreachable: "jobmon antwortet nicht. Das Protokoll konnte nicht geladen werden.",
      gone: "Diesen Job gibt es nicht mehr.",
      failed: "Das Protokoll konnte nicht geladen werden.",
    },
    log: {
      title: "Protokoll",
      some: (shown, total) => `letzte ${shown} von ${total} Zeilen`,
      none: "Noch keine Zeilen",
      newLines: (count) => (count === 1 ? "1 neue Zeile" : `${count} neue Zeilen`),
      error: "Fehler",
      warning: "Warnung",
    },
    error: {
      lastWords: (message) => `Letzte Fehlermeldung: ${message}`,
      silent:
        "Prüfen, ob der Dienst noch läuft. Meldet er sich wieder, geht der Job hier von selbst weiter; sonst neu einreichen.",
      seeLog: "Das Protokoll zeigt, was zuletzt geschah. Ursache beheben und den Job neu einreichen.",
    },
    result: {
      files: "Dateien",
      file: "Ergebnis",
      text: "Text",
      cut: (characters) => `… gekürzt, insgesamt ${characters} Zeichen`,
    },
  },
  en: {
    title: "Processing",
    page: { heading: "jobmon", text: "What is running and what is done stands on the right, in Processing." },
    close: "Close",
    notice: {
      asOf: (clock) => `Disconnected. As of ${clock}`,
      nextTry: (seconds) => `next try in ${seconds} s`,
      trying: "connecting …",
      connectNow: "Connect now",
      signedOut: "please sign in again",
      stopped: "the server has ended the connection",
      reload: "Reload",
    },
    older: {
      load: "Load older",
      loading: "Loading older …",
      count: (shown, total) => `${shown} of ${total}`,
      all: (total) => (total === 1 ? "1 job" : `${total} jobs`),
      failed: "Older jobs could not be loaded.",
    },
    empty: {
      title: "No jobs yet",
      text: "As soon as a service reports the first job, it appears here.",
      try: "To try it, in a terminal:",
      jobTitle: "My first job",
    },
    progress: {
      short: (percent) => `${percent}%`,
      spoken: (percent) => `${percent} percent`,
      unknown: "progress unknown",
    },
    retry: "Try again",
    copy: { command: "Copy command", error: "Copy error", done: "Copied", failed: "Copying not allowed" },
    detail: {
      label: (title) => `Details of ${title}`,
      loading: "Loading details …",
      unreachable: "jobmon does not answer. The log could not be loaded.",
      gone: "This job does not exist any more.",
      failed: "The log could not be loaded.",
    },
    log: {
      title: "Log",
      some: (shown, total) => `last ${shown} of ${total} lines`,
      none: "No lines yet",
      newLines: (count) => (count === 1 ? "1 new line" : `${count} new lines`),
      error: "Error",
      warning: "Warning",
    },
    error: {
      lastWords: (message) => `Last error message: ${message}`,
      silent:
        "Check whether the service is still running. If it reports again, the job goes on here by itself; otherwise submit it again.",
      seeLog: "The log shows what happened last. Fix the cause and submit the job again.",
    },
    result: {
      files: "Files",
      file: "Result",
      text: "Text",
      cut: (characters) => `… cut, ${characters} characters in all`,
    },
  },
};
