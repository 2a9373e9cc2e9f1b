import type { Localized } from "#app/locales/locale.ts";

export const logsHelp = {
  summary: { de: "zeigt das Protokoll eines Jobs", en: "shows the log of a job" },
  lines: {
    de: "so viele der letzten Zeilen, höchstens 500 (sonst 50)",
    en: "that many of the last lines, at most 500 (else 50)",
  },
  follow: {
    de: "folgt, bis der Job zu Ende ist, und endet mit dessen Code",
    en: "follows until the job has ended, and ends with its code",
  },
  level: { de: "nur Zeilen ab dieser Stufe", en: "only lines of this level and above" },
  timestamps: { de: "Form der Zeit (sonst short)", en: "form of the time (else short)" },
  utc: { de: "die Zeit in UTC", en: "the time in UTC" },
  details: {
    de: "zeigt auch, was der Worker sonst noch zu einer Zeile geschickt hat",
    en: "shows what else the worker has sent with a line too",
  },
  output: {
    de: "Form der Ausgabe; raw ist der Text allein",
    en: "form of the output; raw is the text alone",
  },
  exampleFollow: { de: "bis zum Ende zusehen", en: "watch until the end" },
  exampleLevel: { de: "nur, was schiefging, mit Einzelheiten", en: "what went wrong only, with details" },
} satisfies Record<string, Localized<string>>;
