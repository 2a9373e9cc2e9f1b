import type { Localized } from "#app/locales/locale.ts";

/** What every page of the help says, and the words of its headings. */
export const helpTexts = {
  about: {
    de: "Zeigt live, wie weit ausgelagerte Arbeit ist.",
    en: "Shows live how far work done elsewhere has come.",
  },
  usage: { de: "AUFRUF", en: "USAGE" },
  command: { de: "<Befehl> [Optionen]", en: "<command> [options]" },
  options: { de: "Optionen", en: "options" },
  arguments: { de: "ARGUMENTE", en: "ARGUMENTS" },
  ownOptions: { de: "OPTIONEN", en: "OPTIONS" },
  commonOptions: { de: "ALLGEMEINE OPTIONEN", en: "COMMON OPTIONS" },
  examples: { de: "BEISPIELE", en: "EXAMPLES" },
  exitCodes: { de: "EXIT-CODES", en: "EXIT CODES" },
  learnMore: { de: "MEHR", en: "LEARN MORE" },
  choices: { de: "eines von", en: "one of" },
  helpOption: { de: "zeigt diese Hilfe", en: "shows this help" },
  versionOption: { de: "zeigt die Version", en: "shows the version" },
  helpOfCommand: {
    de: "`jobmon help <Befehl>` erklärt einen Befehl, `jobmon help exit-codes` die Exit-Codes,",
    en: "`jobmon help <command>` explains a command, `jobmon help exit-codes` the exit codes,",
  },
  helpOfEnvironment: {
    de: "`jobmon help environment` die Variablen der Umgebung.",
    en: "`jobmon help environment` the variables of the environment.",
  },
} satisfies Record<string, Localized<string>>;

/** The groups of commands, in the order of the help. */
export const groupTexts = {
  watch: { de: "ZUSEHEN", en: "WATCH" },
  act: { de: "EINGREIFEN", en: "ACT" },
  report: { de: "MELDEN", en: "REPORT" },
  serve: { de: "BETREIBEN", en: "RUN A SERVER" },
  setup: { de: "EINRICHTEN", en: "SET UP" },
} satisfies Record<string, Localized<string>>;

/** What each exit code says. */
export const exitCodeTexts = {
  0: {
    de: "gelungen; alle beobachteten Jobs sind abgeschlossen",
    en: "done; all watched jobs have completed",
  },
  1: {
    de: "Server oder Netz, auch nach neuen Versuchen",
    en: "server or network, after retries too",
  },
  2: { de: "falscher Aufruf", en: "wrong usage" },
  3: { de: "ein Job ist fehlgeschlagen", en: "a job has failed" },
  4: {
    de: "Zugangsschlüssel fehlt, gilt nicht oder reicht nicht",
    en: "token missing, invalid or forbidden",
  },
  5: { de: "diesen Job gibt es nicht", en: "no such job" },
  6: { de: "ein Job ist abgebrochen", en: "a job was canceled" },
  7: {
    de: "ein Job meldet sich nicht mehr oder ist an seiner Frist gescheitert",
    en: "a job is stalled or has timed out",
  },
  124: { de: "die Frist von --timeout ist um", en: "the time of --timeout is over" },
  130: { de: "Ctrl-C (SIGINT)", en: "Ctrl-C (SIGINT)" },
  143: { de: "SIGTERM", en: "SIGTERM" },
} satisfies Record<number, Localized<string>>;
