import { defineTexts } from "./define-texts.ts";

/** The texts of what lies over the list for a while: settings and help. */
export const coverTexts = defineTexts({
  de: {
    settings: {
      title: "Einstellungen",
      back: "Zurück zur Liste",
      language: "Sprache",
      theme: "Darstellung",
      themes: { light: "Hell", dark: "Dunkel", system: "Wie das System" },
      notify: "Benachrichtigen",
      notifies: { off: "Nie", all: "Wenn ein Job endet", failures: "Nur bei Fehlern" },
      notifyHow: "Nur solange jobmon in einem Tab im Hintergrund offen ist.",
      notifyDenied:
        "Der Browser lässt keine Benachrichtigungen von hier zu. Das ändert man in seinen Einstellungen zu dieser Seite.",
      notifyMissing: "Dieser Browser kann hier keine Benachrichtigungen zeigen.",
      keys: "Tastenkürzel",
      keysOn: "Kürzel aus einer Taste verwenden",
    },
    help: {
      title: "Tastatur",
      open: "Tastenkürzel zeigen",
      keys: { home: "Pos1", end: "Ende", pageUp: "Bild ↑", pageDown: "Bild ↓" },
      does: {
        toggle: "Verarbeitung öffnen und schließen",
        search: "Suchen",
        help: "Diese Hilfe",
        move: "Zur nächsten Zeile",
        ends: "Zum Anfang und zum Ende",
        pages: "Zehn Zeilen weiter",
        open: "Zeile öffnen und schließen",
        close: "Schließt, was zuletzt aufging",
      },
    },
  },
  en: {
    settings: {
      title: "Settings",
      back: "Back to the list",
      language: "Language",
      theme: "Appearance",
      themes: { light: "Light", dark: "Dark", system: "Like the system" },
      notify: "Notify me",
      notifies: { off: "Never", all: "When a job ends", failures: "Only of failures" },
      notifyHow: "Only while jobmon is open in a tab in the background.",
      notifyDenied:
        "The browser allows no notifications from here. Its settings for this page can change that.",
      notifyMissing: "This browser cannot show notifications here.",
      keys: "Shortcuts",
      keysOn: "Use shortcuts of a single key",
    },
    help: {
      title: "Keyboard",
      open: "Show shortcuts",
      keys: { home: "Home", end: "End", pageUp: "Page ↑", pageDown: "Page ↓" },
      does: {
        toggle: "Open and close Processing",
        search: "Search",
        help: "This help",
        move: "To the next row",
        ends: "To the start and to the end",
        pages: "Ten rows on",
        open: "Open and close a row",
        close: "Closes what was opened last",
      },
    },
  },
});
