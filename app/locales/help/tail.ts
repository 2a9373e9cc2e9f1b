import type { Localized } from "#app/locales/locale.ts";

export const tailHelp = {
  summary: { de: "zeigt Jobs, während sie laufen", en: "shows jobs while they run" },
  more: {
    de: "Beginnt mit dem, was gerade läuft, und zeigt dann jede Änderung. Sind Jobs genannt, endet es mit ihnen, und der Exit-Code sagt, wie. Ctrl-C lässt die Jobs in Ruhe.",
    en: "Begins with what runs now and then shows every change. Where jobs are named it ends with them, and the exit code says how. Ctrl-C leaves the jobs alone",
  },
  morePlain: {
    de: "Auf einem Terminal bleibt stehen, was zu Ende ist, und was läuft, bewegt sich darunter. Sonst ist jede Änderung eine Zeile: Zeit, Status, Prozent oder -, Job, Titel, Meldung, getrennt durch Tabulatoren.",
    en: "On a terminal what is over stays and what runs moves below it. Elsewhere every change is a line: time, status, percent or -, job, title, message, separated by tabs",
  },
  jobs: {
    de: "nur diese Jobs; die ersten 8 Zeichen genügen, wenn sie eindeutig sind",
    en: "these jobs only; their first 8 characters will do where they are unambiguous",
  },
  last: { de: "beginnt auch mit den letzten so vielen Jobs", en: "begins with the last that many jobs too" },
  since: {
    de: "beginnt auch mit allem, was sich seitdem geändert hat: 10m, 2h oder RFC 3339",
    en: "begins with all that has changed since then too: 10m, 2h or RFC 3339",
  },
  noExit: {
    de: "bleibt, auch wenn alle genannten Jobs zu Ende sind",
    en: "stays when all named jobs have ended",
  },
  untilIdle: { de: "endet, wenn nichts mehr läuft", en: "ends when nothing runs any more" },
  kind: { de: "nur Jobs dieser Art", en: "only jobs of this kind" },
  phase: { de: "nur Jobs in diesem Schritt", en: "only jobs at this step" },
  include: {
    de: "nur, wo der reguläre Ausdruck in Titel, Meldung oder Schritt vorkommt",
    en: "only where the regular expression is found in title, message or step",
  },
  exclude: { de: "nicht, wo er vorkommt", en: "not where it is found" },
  logs: {
    de: "zeigt auch die Zeilen der Protokolle, je Job in einer Farbe",
    en: "shows the lines of the logs too, each job in a colour of its own",
  },
  connection: {
    de: "nimmt mit -o ndjson auch den Zustand der Verbindung auf",
    en: "with -o ndjson, takes in the state of the connection too",
  },
  exampleAll: { de: "alles, was gerade läuft", en: "everything that runs now" },
  exampleNamed: { de: "zusehen, bis beide zu Ende sind", en: "watch until both have ended" },
  exampleSince: { de: "was in der letzten Stunde schiefging", en: "what went wrong in the last hour" },
  exampleLogs: { de: "Fehler in den Protokollen", en: "errors in the logs" },
  exampleNdjson: { de: "für Programme", en: "for programs" },
} satisfies Record<string, Localized<string>>;
