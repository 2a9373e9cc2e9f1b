import type { JobDetail } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { defineTexts } from "./define-texts.ts";
import type { Locale } from "./locale.ts";
import { formatSpan } from "./time.ts";

/** What panel and terminal say of the Secretary: what it was asked, and what is fetched from it. */
export const secretaryTexts = defineTexts({
  de: {
    fetching: "Dateien holen {done, number}/{total, number}",
    says: "Die Secretary meldet: {message}",
    silent: "Seit {span} still, bei der Secretary nachgefragt: {answer}",
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
    silent: "Silent for {span}, asked the Secretary: {answer}",
    seconds: "{seconds, number} s",
    alive: "still at it",
    aliveAt: "still at it ({percent, number} %)",
    unknown: "no such job",
    unreachable: "no answer",
    files: "Files of the Secretary",
    result: "Result",
    state: { waiting: "being fetched", stored: "here", none: "there is none", missing: "missing" },
    fault: {
      too_large: "larger than allowed",
      not_ready: "not ready in time",
      unsafe: "not safe as an archive",
      refused: "the Secretary cannot be asked",
      broken: "cannot be had",
    },
    fetchAgain: "Fetch again",
    nothingToFetch: {
      message: "nothing is missing, or there is no Secretary to ask",
      hint: "Look: jobmon artifacts <jobId>",
    },
  },
});

/** What the Secretary has to do with a job's present state, in a sentence; undefined where it has nothing. */
export function secretaryNote(job: JobSummary, locale: Locale): string | undefined {
  const { status, asked, error, fetching } = job;
  const texts = secretaryTexts[locale];
  if (fetching !== undefined) return texts.fetching(fetching);
  if (asked === undefined) return undefined;
  if (status === "failed" && asked.answer === "failed" && error)
    return texts.says({ message: error.message });
  if (status !== "queued" && status !== "running") return undefined;
  const answer = answerText(asked, locale);
  if (answer === undefined) return undefined;
  const seconds = Math.round((Date.parse(asked.at) - Date.parse(asked.since)) / 1000);
  const span = seconds < 100 ? texts.seconds({ seconds }) : formatSpan(seconds, locale);
  return texts.silent({ span, answer });
}

function answerText({ answer, progress }: NonNullable<JobSummary["asked"]>, locale: Locale) {
  const texts = secretaryTexts[locale];
  if (answer === "unknown") return texts.unknown;
  if (answer === "unreachable") return texts.unreachable;
  if (answer !== "alive") return undefined;
  return progress === undefined ? texts.alive : texts.aliveAt({ percent: Math.floor(progress) });
}

type FetchedFile = NonNullable<JobDetail["files"]>[number];

/** How far a file is, and why it is missing where it is: „fehlt: nicht rechtzeitig fertig“. */
export function fetchedFileText({ state, fault }: FetchedFile, locale: Locale): string {
  const texts = secretaryTexts[locale];
  if (fault === undefined) return texts.state[state];
  const detail = fault.detail === undefined ? "" : ` (${fault.detail})`;
  return `${texts.state[state]}: ${texts.fault[fault.code]}${detail}`;
}
