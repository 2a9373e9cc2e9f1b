import type { ListQuery } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { foldText, searchText } from "#app/domain/search-text.ts";

/** Which jobs a viewer wants to see, as `GET /api/external/jobs` takes it; an empty one is all. */
export type JobFilter = Pick<ListQuery, "status" | "q">;

/** Whether a job has the text that is searched, decided as the server decides it. */
export function hasText(job: JobSummary, { q }: JobFilter): boolean {
  return q === undefined || q === "" || searchText(job).includes(foldText(q));
}

/** Whether a job is one of those the filter asks for. */
export function isWanted(job: JobSummary, filter: JobFilter): boolean {
  return (filter.status?.includes(job.status) ?? true) && hasText(job, filter);
}
