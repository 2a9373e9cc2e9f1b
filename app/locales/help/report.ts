import type { Localized } from "#app/locales/locale.ts";

export const reportHelp = {
  summary: {
    de: "meldet aus einem Skript, wie weit ein Job ist",
    en: "reports from a script how far a job is",
  },
  more: {
    de: "Ohne Angaben ist es ein Lebenszeichen. Adresse und Token kommen aus JOBMON_CALLBACK_URL und JOBMON_CALLBACK_TOKEN, die `jobmon run` seinem Befehl mitgibt, oder aus einer Datei. Antwortet niemand, wird es wieder versucht; was doppelt ankommt, zählt einmal.",
    en: "Without anything it is a sign of life. Address and token come from JOBMON_CALLBACK_URL and JOBMON_CALLBACK_TOKEN, which `jobmon run` gives its command, or from a file. Where nobody answers it is tried again; what arrives twice counts once",
  },
  cancel: {
    de: "Soll der Job abgebrochen werden, ist der Exit-Code 6: ein Skript mit `set -e` hört dann auf. Es bestätigt das mit --canceled.",
    en: "Where the job is to be canceled the exit code is 6: a script with `set -e` stops then. It confirms with --canceled",
  },
  job: { de: "der Job (sonst JOBMON_JOB_ID)", en: "the job (else JOBMON_JOB_ID)" },
  progress: { de: "Fortschritt: 42 oder 3/12", en: "progress: 42 or 3/12" },
  message: { de: "Nachricht, eine Zeile des Protokolls", en: "message, a line of the log" },
  phase: { de: "Schritt der Arbeit", en: "step of the work" },
  done: { de: "der Job ist fertig", en: "the job has completed" },
  resultFile: {
    de: "Ergebnis: ein JSON-Objekt, oder Text; - liest die Eingabe",
    en: "result: a JSON object, or text; - reads the input",
  },
  fail: { de: "der Job ist fehlgeschlagen, aus diesem Grund", en: "the job has failed, for this reason" },
  canceled: { de: "der Job ist abgebrochen", en: "the job is canceled" },
  callbackTokenFile: {
    de: "Datei mit dem Token des Jobs (sonst JOBMON_CALLBACK_TOKEN)",
    en: "file with the job's token (else JOBMON_CALLBACK_TOKEN)",
  },
  retryFor: {
    de: "so lange wird es versucht (sonst 1m)",
    en: "for that long it is tried (else 1m)",
  },
  exampleProgress: { de: "aus einem Skript unter `jobmon run`", en: "from a script below `jobmon run`" },
  exampleDone: { de: "fertig, mit Ergebnis", en: "done, with a result" },
} satisfies Record<string, Localized<string>>;

export const createHelp = {
  summary: {
    de: "registriert einen Job und gibt Id, Adresse und Token als JSON aus",
    en: "registers a job and prints id, address and token as JSON",
  },
  more: {
    de: "Das Token gibt es nur dieses eine Mal. Wer es hat, kann den Job melden, und sonst nichts.",
    en: "The token is shown this once. Whoever has it can report the job, and nothing else",
  },
  title: { de: "Titel des Jobs", en: "title of the job" },
  kind: { de: "Art des Jobs", en: "kind of the job" },
  stallAfter: {
    de: "ab wann Schweigen auffällt (sonst 5m)",
    en: "after how long silence is noticed (else 5m)",
  },
  timeout: {
    de: "nach so langem Schweigen gilt der Job als fehlgeschlagen (sonst 1h)",
    en: "after that long a silence the job counts as failed (else 1h)",
  },
  correlation: { de: "eigene Kennung", en: "an identifier of your own" },
  example: { de: "einen Job für curl", en: "a job for curl" },
} satisfies Record<string, Localized<string>>;
