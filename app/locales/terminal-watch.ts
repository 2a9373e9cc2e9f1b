import { defineTexts } from "./define-texts.ts";

/** What watching says besides what it shows. */
export const watchTexts = defineTexts({
  de: {
    noAnswerYet: "keine Antwort von {url}, neuer Versuch in {seconds, number} s",
    connected: "verbunden",
    caughtUp: "wieder verbunden, {count, plural, one{1 Änderung} other{# Änderungen}} nachgeholt",
    lagging: "der Server erfährt gerade selbst nicht alles, die Anzeige kann nachhängen",
    current: "der Server erfährt wieder alles",
    missedLines: "{title}: {count, plural, one{1 Zeile fehlt} other{# Zeilen fehlen}}",
    timedOut: {
      message: "nach {timeout} {count, plural, one{ist 1 Job} other{sind # Jobs}} nicht zu Ende",
      hint: "Zusehen: jobmon tail",
    },
    notStarted: {
      message: "{names} hat in {timeout} nicht begonnen",
      hint: "Zu sehende Jobs: jobmon list",
    },
    none: "keine Jobs",
    canceled: "{jobId} ist abgebrochen",
    cancelAsked: "{jobId} ist gebeten aufzuhören; der Worker erfährt es mit seiner nächsten Rückmeldung",
    removed: "{jobId} ist entfernt",
    alreadyFinal: { message: "{jobId} ist schon zu Ende", hint: "Ansehen: jobmon show <jobId>" },
    notFinal: { message: "{jobId} ist noch nicht zu Ende", hint: "Erst abbrechen: jobmon cancel <jobId>" },
  },
  en: {
    noAnswerYet: "no answer from {url}, next try in {seconds, number} s",
    connected: "connected",
    caughtUp: "connected again, caught up on {count, plural, one{1 change} other{# changes}}",
    lagging: "the server itself does not learn of everything right now, what is shown may lag",
    current: "the server learns of everything again",
    missedLines: "{title}: {count, plural, one{1 line is missing} other{# lines are missing}}",
    timedOut: {
      message: "after {timeout} {count, plural, one{1 job has} other{# jobs have}} not ended",
      hint: "Watch: jobmon tail",
    },
    notStarted: {
      message: "{names} has not begun within {timeout}",
      hint: "Jobs you can see: jobmon list",
    },
    none: "no jobs",
    canceled: "{jobId} is canceled",
    cancelAsked: "{jobId} is asked to stop; the worker learns it with its next callback",
    removed: "{jobId} is removed",
    alreadyFinal: { message: "{jobId} has already ended", hint: "Look at it: jobmon show <jobId>" },
    notFinal: { message: "{jobId} has not ended yet", hint: "Cancel it first: jobmon cancel <jobId>" },
  },
});
