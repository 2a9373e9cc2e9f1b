import { defineTexts } from "./define-texts.ts";

/** The texts of the panel's frame: handle, filters, search. */
export const panelShellTexts = defineTexts({
  de: {
    handle: {
      open: "Verarbeitung öffnen",
      running: "{count, plural, one{1 Job läuft} other{# Jobs laufen}}",
    },
    filter: {
      label: "Nach Status filtern",
      all: "Alle",
      running: "Läuft",
      queued: "Wartet",
      completed: "Fertig",
      failed: "Fehler",
      canceled: "Abgebrochen",
      chip: "{name}: {count, number}",
      count: "{count, number}",
      countAbove: "{count, number}+",
    },
    search: {
      label: "Jobs suchen",
      placeholder: "Titel, Kennung oder Meldung",
      open: "Suchen",
      clear: "Suche leeren",
    },
    held: "{count, plural, one{1 neuer} other{# neue}}",
    status: "Status: {word}",
    statusWith: "Status: {word}, {percent}",
    connection: {
      asOf: "Stand {clock}",
      live: "Änderungen erscheinen sofort. Letztes Lebenszeichen {clock}.",
      lagging:
        "Seit {clock} erfährt der Server selbst nicht alles. Die Liste kann nachhängen und holt von allein auf, verloren ist nichts.",
      connecting: "Stand {clock}. Gleich geht es live weiter.",
      reconnecting: "Stand {clock}. Was seither geschah, erscheint, sobald die Verbindung wieder steht.",
      offline: "Stand {clock}. Neues kommt erst, wenn die Seite neu geladen ist.",
    },
    noMatch: {
      title: "Kein Job passt dazu",
      text: "Unter diesem Filter ist nichts. Kommt etwas dazu, erscheint es hier von selbst.",
      offline: "Ohne Verbindung wird nur durchsucht, was schon geladen war.",
      reset: "Alle zeigen",
    },
    opened: "Geöffnet",
    settings: "Einstellungen",
    account: "Konto",
    gone: "Den verlinkten Job gibt es nicht mehr, oder er gehört jemand anderem.",
    dismiss: "Hinweis schließen",
    loading: "Lade Jobs …",
    problem: {
      unavailable: {
        title: "Die Jobs können gerade nicht gelesen werden",
        text: "Der Server läuft, aber sein Speicher antwortet nicht. Verloren ist nichts.",
      },
      unreachable: {
        title: "jobmon antwortet nicht",
        text: "Die Verbindung oder der Server ist weg. Sobald er wieder da ist, geht es hier weiter.",
      },
      signedOut: {
        title: "Nicht angemeldet",
        text: "Hier stehen nur die eigenen Jobs, und jobmon weiß gerade nicht, wer fragt.",
      },
      forbidden: {
        title: "Kein Zugriff",
        text: "Dieses Konto darf hier keine Jobs sehen. Wer jobmon betreibt, kann das ändern.",
      },
    },
    signIn: "Neu anmelden",
  },
  en: {
    handle: {
      open: "Open Processing",
      running: "{count, plural, one{1 job running} other{# jobs running}}",
    },
    filter: {
      label: "Filter by status",
      all: "All",
      running: "Running",
      queued: "Queued",
      completed: "Done",
      failed: "Failed",
      canceled: "Canceled",
      chip: "{name}: {count, number}",
      count: "{count, number}",
      countAbove: "{count, number}+",
    },
    search: {
      label: "Search jobs",
      placeholder: "Title, ID or message",
      open: "Search",
      clear: "Clear search",
    },
    held: "{count, number} new",
    status: "Status: {word}",
    statusWith: "Status: {word}, {percent}",
    connection: {
      asOf: "As of {clock}",
      live: "Changes appear at once. Last sign of life {clock}.",
      lagging:
        "Since {clock} the server itself has not been told everything. The list may lag behind and catches up by itself; nothing is lost.",
      connecting: "As of {clock}. Live again in a moment.",
      reconnecting: "As of {clock}. What has happened since will appear once the connection is back.",
      offline: "As of {clock}. Nothing new will appear until the page is reloaded.",
    },
    noMatch: {
      title: "No job matches",
      text: "Nothing matches this filter. Whatever does will appear here by itself.",
      offline: "While disconnected, only jobs that were already loaded are searched.",
      reset: "Show all",
    },
    opened: "Opened",
    settings: "Settings",
    account: "Account",
    gone: "The linked job no longer exists, or it is somebody else’s.",
    dismiss: "Dismiss this note",
    loading: "Loading jobs…",
    problem: {
      unavailable: {
        title: "The jobs cannot be read right now",
        text: "The server is running, but its storage is not responding. Nothing is lost.",
      },
      unreachable: {
        title: "jobmon is not responding",
        text: "The connection or the server is down. This continues as soon as it is back.",
      },
      signedOut: {
        title: "Not signed in",
        text: "Only your own jobs are shown here, and jobmon does not know who is asking.",
      },
      forbidden: {
        title: "No access",
        text: "This account is not allowed to see any jobs here. Whoever runs jobmon can change that.",
      },
    },
    signIn: "Sign in again",
  },
});
