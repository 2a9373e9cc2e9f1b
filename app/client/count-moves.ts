import type { JobPage } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import type { JobCounts } from "#app/contract/job-status.ts";
import { hasText, type JobFilter } from "./job-filter.ts";
import { isBehind } from "./position.ts";

/** What an event did to one job, as far as it is known; `id` is the event's cursor. */
export type Move = { before: JobSummary | undefined; after: JobSummary | undefined; id: string | undefined };

/** The numbers of a list by status, and how they move with the stream. */
export type CountedMoves = {
  counts(): JobCounts;
  /** False after something whose status before nobody told us: ask for a page, and give it to `take`. */
  areSure(): boolean;
  move(move: Move): void;
  /** More may have happened since the page than we can tell. */
  doubt(): void;
  /** What moves from now on and is not yet counted in the page that is being asked for counts on top of it. */
  ask(): void;
  /** The numbers of a page that was just read. */
  take(page: Pick<JobPage, "counts" | "head">): void;
};

/**
 * Begins with the numbers of a page. A job that is new to us but older than the page was counted in it under a status
 * we do not know: then the numbers stay as they are, and are not sure any more.
 */
export function countMoves(page: JobPage, filter: JobFilter): CountedMoves {
  const newestAtLoad = page.items[0]?.updatedAt ?? "";
  let counts = { ...page.counts };
  let countedTo = page.head;
  let areSure = true;
  let asked: Move[] | undefined;

  function step(job: JobSummary, by: 1 | -1): void {
    if (hasText(job, filter)) counts = { ...counts, [job.status]: Math.max(0, counts[job.status] + by) };
  }

  function apply({ before, after }: Move): void {
    const isNew = before === undefined && after !== undefined && after.createdAt > newestAtLoad;
    // The first page of a filter does not tell when the newest job of all was created.
    if (before === undefined && (!isNew || filter.status !== undefined || filter.q)) areSure = false;
    if (before === undefined && !isNew) return;
    if (before !== undefined) step(before, -1);
    if (after !== undefined) step(after, 1);
  }

  return {
    counts: () => counts,
    areSure: () => areSure,
    move(move) {
      if (move.id !== undefined && !isBehind(countedTo, move.id)) return;
      asked?.push(move);
      apply(move);
    },
    doubt() {
      areSure = false;
    },
    ask() {
      asked = [];
    },
    take({ counts: counted, head }) {
      counts = { ...counted };
      countedTo = head;
      areSure = true;
      for (const move of asked ?? []) if (move.id !== undefined && isBehind(head, move.id)) apply(move);
      asked = undefined;
    },
  };
}
