import type { JobFilter } from "#app/client/job-filter.ts";
import { JOB_STATUSES, type JobStatus } from "#app/contract/job-status.ts";

/** The filters of the panel and the statuses each of them means: what is being stored is not through yet. */
export const chips = {
  running: ["running", "pending-storage"],
  queued: ["queued"],
  completed: ["completed"],
  failed: ["failed"],
  canceled: ["canceled"],
} as const satisfies Record<string, readonly JobStatus[]>;

export type ChipName = keyof typeof chips;
export const chipNames = Object.keys(chips) as ChipName[];

/** The filter an address names; statuses that do not exist are as if they were not there. */
export function readFilter(query: URLSearchParams): JobFilter {
  const named = query.getAll("status").flatMap((value) => value.split(","));
  const status = JOB_STATUSES.filter((known) => named.includes(known));
  const q = query.get("q")?.trim().slice(0, 200);
  return { ...(status.length > 0 && { status }), ...(q && { q }) };
}

/** The address of the same page with another filter; what else it says stays. */
export function writeFilter(query: URLSearchParams, { status, q }: JobFilter): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const name of ["status", "q"]) next.delete(name);
  if (status !== undefined && status.length > 0) next.set("status", status.join(","));
  if (q) next.set("q", q);
  return next;
}

/** Whether a filter asks for any of a chip's statuses. */
export function isChosen(chip: ChipName, { status }: JobFilter): boolean {
  return chips[chip].some((name) => status?.includes(name));
}

/** The filter with one chip more, or one less. */
export function toggleChip(chip: ChipName, filter: JobFilter): JobFilter {
  const own: readonly JobStatus[] = chips[chip];
  const others = (filter.status ?? []).filter((status) => !own.includes(status));
  const status = isChosen(chip, filter) ? others : [...others, ...own];
  const { status: _, ...text } = filter;
  return { ...text, ...(status.length > 0 && { status }) };
}

/** Equal for filters that ask for the same. */
export function filterKey({ status = [], q = "" }: JobFilter): string {
  return `${status.toSorted().join(",")} ${q}`;
}
