import type { JobDetail } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import type { Locale } from "./locale.ts";
import { formatSpan } from "./time.ts";
import { secretaryTexts } from "./secretary.ts";

/** What the Secretary has to do with a job's present state, in a sentence; undefined where it has nothing. */
export function secretaryNote(job: JobSummary, locale: Locale): string | undefined {
  return noteOf(job, locale, false);
}

/** The same for a row, where what was answered has to be read without the way to it. */
export function shortSecretaryNote(job: JobSummary, locale: Locale): string | undefined {
  return noteOf(job, locale, true);
}

function noteOf(job: JobSummary, locale: Locale, isShort: boolean): string | undefined {
  const { status, asked, error, fetching } = job;
  const texts = secretaryTexts[locale];
  if (fetching !== undefined) return texts.fetching(fetching);
  if (asked === undefined) return undefined;
  if (status === "failed" && asked.answer === "failed" && error)
    return texts.says({ message: error.message });
  if (status !== "queued" && status !== "running") return undefined;
  const answer = answerText(asked, locale, isShort);
  if (answer === undefined) return undefined;
  if (isShort) return texts.silentShort({ answer });
  const seconds = Math.round((Date.parse(asked.at) - Date.parse(asked.since)) / 1000);
  const span = seconds < 100 ? texts.seconds({ seconds }) : formatSpan(seconds, locale);
  return texts.silent({ span, answer });
}

/** In short without the percentage, which the bar has. */
function answerText(
  { answer, progress }: NonNullable<JobSummary["asked"]>,
  locale: Locale,
  isShort: boolean,
): string | undefined {
  const texts = secretaryTexts[locale];
  if (answer === "unknown") return texts.unknown;
  if (answer === "unreachable") return texts.unreachable;
  if (answer !== "alive") return undefined;
  return progress === undefined || isShort ? texts.alive : texts.aliveAt({ percent: Math.floor(progress) });
}

type FetchedFile = NonNullable<JobDetail["files"]>[number];

/** How far a file is, and why it is missing where it is: „fehlt: nicht rechtzeitig fertig“. */
export function fetchedFileText({ state, fault }: FetchedFile, locale: Locale): string {
  const texts = secretaryTexts[locale];
  if (fault === undefined) return texts.state[state];
  const detail = fault.detail === undefined ? "" : ` (${fault.detail})`;
  return `${texts.state[state]}: ${texts.fault[fault.code]}${detail}`;
}
