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
      notify: "Benachrichtigungen",
      notifies: { off: "Nie", all: "Wenn ein Job endet", failures: "Nur bei Fehlern" },
      notifyHow: "Nur solange jobmon in einem Tab im Hintergrund offen ist.",
      notifyDenied:
        "Der Browser lässt keine Benachrichtigungen von hier zu. Das lässt sich in seinen Einstellungen zu dieser Seite ändern.",
      notifyMissing: "Dieser Browser kann hier keine Benachrichtigungen zeigen.",
      keys: "Tastenkürzel",
      keysOn: "Kürzel aus nur einer Taste verwenden",
    },
    help: {
      title: "Tastatur",
      open: "Tastenkürzel zeigen",
      keys: { home: "Pos1", end: "Ende", pageUp: "Bild ↑", pageDown: "Bild ↓" },
      does: {
        toggle: "Verarbeitung öffnen und schließen",
        search: "Suchen",
        help: "Diese Hilfe",
        move: "Von Zeile zu Zeile",
        ends: "Zum Anfang und zum Ende",
        pages: "Zehn Zeilen auf einmal",
        open: "Zeile öffnen und schließen",
        close: "Schließen, was zuletzt aufging",
      },
    },
  },
  en: {
    settings: {
      title: "Settings",
      back: "Back to the list",
      language: "Language",
      theme: "Appearance",
      themes: { light: "Light", dark: "Dark", system: "Same as system" },
      notify: "Notifications",
      notifies: { off: "Never", all: "When a job ends", failures: "Only when one fails" },
      notifyHow: "Only while jobmon is open in a background tab.",
      notifyDenied:
        "The browser does not allow notifications from here. You can change that in its settings for this page.",
      notifyMissing: "This browser cannot show notifications here.",
      keys: "Shortcuts",
      keysOn: "Use single-key shortcuts",
    },
    help: {
      title: "Keyboard",
      open: "Show shortcuts",
      keys: { home: "Home", end: "End", pageUp: "Page Up", pageDown: "Page Down" },
      does: {
        toggle: "Open and close Processing",
        search: "Search",
        help: "This help",
        move: "From row to row",
        ends: "To the beginning and to the end",
        pages: "Ten rows at a time",
        open: "Open and close a row",
        close: "Close what was opened last",
      },
    },
  },
});
