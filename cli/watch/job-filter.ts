import type { JobSummary } from "#app/contract/job.ts";
import type { JobStatus } from "#app/contract/job-status.ts";
import { foldText, searchText } from "#app/domain/search-text.ts";

/** What is shown: every condition that is given must hold; several values of one are alternatives. */
export type JobFilter = {
  status: readonly JobStatus[];
  kind: readonly string[];
  phase: readonly string[];
  /** Found in what a search looks at; an empty one is found everywhere. */
  query: string;
  /** Found in title, message or phase. */
  include: readonly RegExp[];
  /** Found in none of them. */
  exclude: readonly RegExp[];
};

/** The filter that lets everything through. */
export const EVERYTHING: JobFilter = { query: "", status: [], kind: [], phase: [], include: [], exclude: [] };

/** Whether a job is to be shown. */
export function isShown(job: JobSummary, filter: JobFilter): boolean {
  return (
    isOneOf(job.status, filter.status) &&
    searchText(job).includes(foldText(filter.query)) &&
    isOneOf(job.kind, filter.kind) &&
    isOneOf(job.phase, filter.phase) &&
    isTextShown([job.title, job.message, job.phase, job.error?.message], filter)
  );
}

/** Whether a text is to be shown, such as a line of a log beside the title of its job. */
export function isTextShown(
  texts: readonly (string | undefined)[],
  { include, exclude }: Pick<JobFilter, "include" | "exclude">,
): boolean {
  const text = texts.filter((part) => part !== undefined).join("\n");
  const isIn = (pattern: RegExp): boolean => pattern.test(text);
  return (include.length === 0 || include.some(isIn)) && !exclude.some(isIn);
}

function isOneOf<Value extends string>(value: Value | undefined, choices: readonly Value[]): boolean {
  return choices.length === 0 || (value !== undefined && choices.includes(value));
}
