import { defineTexts } from "./define-texts.ts";

/** What panel and terminal say of the Secretary: what it was asked, and what is fetched from it. */
export const secretaryTexts = defineTexts({
  de: {
    fetching: "Dateien holen {done, number}/{total, number}",
    says: "Die Secretary meldet: {message}",
    silent: "Seit {span} still, bei der Secretary nachgefragt: {answer}",
    /** The same where there is little room; how long the silence lasts stands beside it. */
    silentShort: "Secretary: {answer}",
    seconds: "{seconds, number} s",
    alive: "läuft noch",
    aliveAt: "läuft noch ({percent, number} %)",
    unknown: "Job nicht gefunden",
    unreachable: "keine Antwort",
    files: "Dateien der Secretary",
    result: "Ergebnis",
    state: { waiting: "wird geholt", stored: "da", none: "gibt es nicht", missing: "fehlt" },
    fault: {
      too_large: "größer als erlaubt",
      not_ready: "nicht rechtzeitig fertig",
      unsafe: "als Archiv nicht sicher",
      refused: "die Secretary kann nicht gefragt werden",
      broken: "nicht zu bekommen",
    },
    fetchAgain: "Erneut holen",
    nothingToFetch: {
      message: "nichts fehlt, oder es gibt keine Secretary, die man fragen kann",
      hint: "Ansehen: jobmon artifacts <jobId>",
    },
  },
  en: {
    fetching: "Fetching files {done, number}/{total, number}",
    says: "The Secretary says: {message}",
    silent: "Silent for {span}; the Secretary was asked: {answer}",
    silentShort: "Secretary: {answer}",
    seconds: "{seconds, number} s",
    alive: "still running",
    aliveAt: "still running ({percent, number}%)",
    unknown: "no such job",
    unreachable: "no answer",
    files: "Files from the Secretary",
    result: "Result",
    state: { waiting: "being fetched", stored: "stored", none: "there is none", missing: "missing" },
    fault: {
      too_large: "larger than allowed",
      not_ready: "not ready in time",
      unsafe: "archive is not safe",
      refused: "the Secretary cannot be asked",
      broken: "could not be fetched",
    },
    fetchAgain: "Fetch again",
    nothingToFetch: {
      message: "nothing is missing, or there is no Secretary to ask",
      hint: "Look: jobmon artifacts <jobId>",
    },
  },
});
