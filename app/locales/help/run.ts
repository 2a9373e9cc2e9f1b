import type { Localized } from "#app/locales/locale.ts";

export const runHelp = {
  summary: {
    de: "führt einen Befehl aus und meldet ihn als Job",
    en: "runs a command and reports it as a job",
  },
  more: {
    de: "Der Befehl behält Terminal, Eingabe und Ausgabe, als liefe er allein. Seine Zeilen werden zum Protokoll des Jobs; Fortschritt wird aus ihnen gelesen (`42 %`, `3/12`, Balken, OSC 9;4) oder aus der Datei, die in seiner Umgebung JOBMON_PROGRESS heißt. JOBMON_JOB_ID, JOBMON_CALLBACK_URL und JOBMON_CALLBACK_TOKEN stehen dort auch, für `jobmon report` oder curl.",
    en: "The command keeps its terminal, input and output as if it ran alone. Its lines become the log of the job; progress is read from them (`42%`, `3/12`, bars, OSC 9;4) or from the file that is named JOBMON_PROGRESS in its environment. JOBMON_JOB_ID, JOBMON_CALLBACK_URL and JOBMON_CALLBACK_TOKEN are there too, for `jobmon report` or curl",
  },
  codes: {
    de: "Der Exit-Code ist immer der des Befehls, 128 + n nach dem Signal n: auch wenn jobmon nicht antwortet. 127: nicht gefunden, 126: nicht ausführbar, 124: von --timeout beendet, 2: falscher Aufruf, dann lief nichts.",
    en: "The exit code is always the command's own, 128 + n after signal n: also when jobmon does not answer. 127: not found, 126: not executable, 124: ended by --timeout, 2: wrong usage, then nothing ran",
  },
  screens: {
    de: "Ein Programm, das den ganzen Bildschirm nimmt, läuft mit --no-logs: dann liest jobmon nichts mit.",
    en: "A program that takes the whole screen runs with --no-logs: then jobmon reads nothing of it",
  },
  command: {
    de: "der Befehl mit seinen Argumenten, nach --",
    en: "the command with its arguments, after --",
  },
  title: { de: "Titel des Jobs (sonst der Befehl)", en: "title of the job (else the command)" },
  kind: { de: "Art des Jobs (sonst command)", en: "kind of the job (else command)" },
  timeout: {
    de: "beendet den Befehl nach dieser Zeit, wie 90s, 30m, 2h: SIGTERM, dann SIGKILL",
    en: "ends the command after that time, as 90s, 30m, 2h: SIGTERM, then SIGKILL",
  },
  grace: {
    de: "Zeit zwischen SIGTERM und SIGKILL (sonst 10s)",
    en: "time between SIGTERM and SIGKILL (else 10s)",
  },
  noLogs: {
    de: "liest die Ausgabe nicht mit: kein Protokoll, Fortschritt nur aus der Datei",
    en: "does not read the output: no log, progress from the file only",
  },
  noProgress: {
    de: "liest keinen Fortschritt aus den Zeilen, nur aus der Datei",
    en: "reads no progress from the lines, only from the file",
  },
  quiet: { de: "sagt selbst nichts", en: "says nothing of its own" },
  exampleChain: { de: "weiter nur nach Erfolg", en: "go on only after success" },
  exampleTitle: { de: "nachts, mit Titel und Frist", en: "at night, with a title and a deadline" },
  exampleProgress: {
    de: "Fortschritt aus einem Skript",
    en: "progress out of a script",
  },
} satisfies Record<string, Localized<string>>;
