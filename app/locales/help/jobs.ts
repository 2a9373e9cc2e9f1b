import type { Localized } from "#app/locales/locale.ts";

/** `jobmon list`, `show` and `deliveries`. */
export const jobsHelp = {
  list: { de: "zeigt die Jobs, die zuletzt geänderten zuerst", en: "shows the jobs, the last changed first" },
  limit: { de: "höchstens so viele Jobs (sonst 20)", en: "at most that many jobs (else 20)" },
  all: { de: "alle Jobs, Seite für Seite", en: "all jobs, page by page" },
  watch: {
    de: "zeigt dann jede Änderung, wie `jobmon tail`",
    en: "then shows every change, as `jobmon tail` does",
  },
  query: { de: "nur Jobs, in denen dieser Text vorkommt", en: "only jobs in which this text is found" },
  listOutput: {
    de: "Form der Ausgabe; wide ist die Tabelle mit allen Spalten",
    en: "form of the output; wide is the table with all columns",
  },
  exampleFailed: { de: "die letzten, die schiefgingen", en: "the last that went wrong" },
  exampleAll: { de: "alle Jobs für ein Programm", en: "all jobs for a program" },
  show: { de: "zeigt alles über einen Job", en: "shows everything about a job" },
  exampleShow: { de: "das Ergebnis als Text", en: "the result as text" },
  deliveries: {
    de: "zeigt, was ein Job gemeldet bekam und was daraus wurde",
    en: "shows what a job was told, and what became of it",
  },
  deliveriesMore: {
    de: "Die neueste Zustellung zuerst, höchstens 50. Was nicht übernommen wurde, sagt warum.",
    en: "The newest delivery first, at most 50. What was not applied says why",
  },
  exampleDeliveries: { de: "was der Worker wirklich schickt", en: "what the worker really sends" },
} satisfies Record<string, Localized<string>>;

/** `jobmon cancel` and `rm`. */
export const ownerHelp = {
  cancel: { de: "bittet Jobs aufzuhören", en: "asks jobs to stop" },
  cancelMore: {
    de: "Ein Job, der noch wartet, ist sofort abgebrochen; ein laufender erfährt es mit der Antwort auf seine nächste Rückmeldung.",
    en: "A job that still waits is canceled at once; a running one learns it with the answer to its next callback",
  },
  remove: { de: "entfernt Jobs, die zu Ende sind", en: "removes jobs that have ended" },
  removeMore: {
    de: "Mit Protokoll, Ergebnis und Dateien, für jeden Betrachter sofort und endgültig.",
    en: "With log, result and files, for every viewer at once and for good",
  },
  exampleCancel: { de: "abbrechen und das Ende abwarten", en: "cancel, and wait for the end" },
  exampleRemove: { de: "alle fehlgeschlagenen", en: "all that have failed" },
} satisfies Record<string, Localized<string>>;
