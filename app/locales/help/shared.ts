import type { Localized } from "#app/locales/locale.ts";

/** Options and arguments that several commands have. */
export const sharedTexts = {
  jobId: {
    de: "der Job; die ersten 8 Zeichen genügen, wenn sie eindeutig sind",
    en: "the job; its first 8 characters will do where they are unambiguous",
  },
  url: {
    de: "Adresse von jobmon (sonst JOBMON_URL, sonst das Profil, sonst http://127.0.0.1:4500)",
    en: "address of jobmon (else JOBMON_URL, else the profile, else http://127.0.0.1:4500)",
  },
  profile: {
    de: "Profil aus der Konfiguration (sonst JOBMON_PROFILE, sonst default)",
    en: "profile of the configuration (else JOBMON_PROFILE, else default)",
  },
  tokenFile: {
    de: "Datei mit dem Zugangsschlüssel (sonst JOBMON_TOKEN, JOBMON_TOKEN_FILE, sonst das Profil)",
    en: "file with the token (else JOBMON_TOKEN, JOBMON_TOKEN_FILE, else the profile)",
  },
  maxRetries: {
    de: "gibt nach so vielen vergeblichen Versuchen in Folge auf (sonst nie)",
    en: "gives up after that many failed attempts in a row (else never)",
  },
  status: { de: "nur Jobs in diesem Status", en: "only jobs of this status" },
  output: { de: "Form der Ausgabe", en: "form of the output" },
  color: { de: "Farbe", en: "colour" },
  lang: {
    de: "Sprache (sonst LC_ALL, LC_MESSAGES, LANG)",
    en: "language (else LC_ALL, LC_MESSAGES, LANG)",
  },
  verbose: {
    de: "nennt bei Fehlern auch die Nummer der Anfrage",
    en: "names the id of the request with an error",
  },
  dataDir: {
    de: "Ordner für die Daten (sonst JOBMON_DATA_DIR, sonst .jobmon)",
    en: "folder for the data (else JOBMON_DATA_DIR, else .jobmon)",
  },
} satisfies Record<string, Localized<string>>;
