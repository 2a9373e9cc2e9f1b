import type { JobSummary } from "#app/contract/job.ts";

/** Text in the form in which it is compared: lower case in every script, one form of each accented letter. */
export function foldText(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/** What `q` of a list is looked for in: title, job id and message, apart from each other, folded. */
export function searchText({
  title,
  jobId,
  message = "",
}: Pick<JobSummary, "title" | "jobId" | "message">): string {
  return foldText([title, jobId, message].join("\u001F"));
}
