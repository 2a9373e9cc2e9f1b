import type { Localized } from "#app/locales/locale.ts";

/** The variables the terminal client reads; those of the server stand in the README. */
export const environmentTexts = {
  JOBMON_URL: { de: "Adresse von jobmon", en: "address of jobmon" },
  JOBMON_TOKEN: { de: "Zugangsschlüssel", en: "token" },
  JOBMON_TOKEN_FILE: { de: "Datei mit dem Zugangsschlüssel", en: "file with the token" },
  JOBMON_PROFILE: { de: "Profil aus der Konfiguration", en: "profile of the configuration" },
  "JOBMON_JOB_ID, JOBMON_CALLBACK_URL, JOBMON_CALLBACK_TOKEN": {
    de: "der Job, den `jobmon report` meldet; `jobmon run` setzt sie für seinen Befehl",
    en: "the job that `jobmon report` reports; `jobmon run` sets them for its command",
  },
  JOBMON_PROGRESS: {
    de: "Datei, in der ein Befehl unter `jobmon run` seinen Fortschritt nennt",
    en: "file in which a command below `jobmon run` states its progress",
  },
  XDG_CONFIG_HOME: {
    de: "Ordner mit jobmon/config.json (sonst ~/.config)",
    en: "folder with jobmon/config.json (else ~/.config)",
  },
  "LC_ALL, LC_MESSAGES, LANG": {
    de: "Sprache und Zeichensatz; mit C nur ASCII-Zeichen",
    en: "language and character set; with C only ASCII signs",
  },
  NO_COLOR: { de: "keine Farbe, wenn nicht leer", en: "no colour, unless it is empty" },
  FORCE_COLOR: { de: "Farbe auch ohne Terminal; 0: nie", en: "colour without a terminal too; 0: never" },
  TERM: { de: "dumb: nichts bewegt sich, nur ASCII", en: "dumb: nothing moves, ASCII only" },
  JOBMON_DEBUG: {
    de: "zu Fehlern auch die Aufrufkette",
    en: "with errors, the stack too",
  },
} satisfies Record<string, Localized<string>>;
