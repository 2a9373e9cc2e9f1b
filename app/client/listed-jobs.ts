import type { JobPage } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { countByStatus, type JobCounts, totalOf } from "#app/contract/job-status.ts";
import { compareJobs, mergeSorted } from "./apply-update.ts";
import { countMoves } from "./count-moves.ts";
import { hasText, isWanted, type JobFilter } from "./job-filter.ts";
import { isBehind } from "./position.ts";

/** What of a user's jobs a viewer sees. */
export type ListView = {
  filter: JobFilter;
  /** Those the filter asks for, newest first. */
  jobs: readonly JobSummary[];
  /** How many the filter asks for in all. */
  total: number;
  /** How many there are by status, of those with the text that is searched. */
  counts: JobCounts;
  /** Where older ones begin; null where there are none. */
  nextCursor: string | null;
};

/**
 * Everything a viewer knows of a user's jobs, in one map by id, and the part of it that is shown: down to where the
 * last page ended, so that there is no hole in it. What is older, but was heard of, waits until its page is loaded.
 */
export type ListedJobs = {
  /** The same object until something changes. */
  view(): ListView;
  find(jobId: string): JobSummary | undefined;
  /** Whether the numbers are right; if not, `recount` with a page asked for after `askCounts`. */
  areCountsSure(): boolean;
  /** A newer state of a job, or a job that is new; `id` is the cursor of the event. False where it changed nothing. */
  update(job: JobSummary, id: string | undefined): boolean;
  /** A job is gone, whether it was shown or not, and does not come back: the wire is at-least-once. */
  remove(jobId: string, id: string | undefined): boolean;
  /** The page of older jobs that follows. */
  older(page: JobPage): void;
  /** Another filter, and its first page; where that cannot be had, what is known of it. */
  show(page: JobPage | undefined, filter: JobFilter): void;
  /** The numbers are asked for: what comes from now on may not be counted in them. */
  askCounts(): void;
  recount(page: JobPage): void;
  /** The feed begins anew: what was removed before may be there again. */
  reset(): void;
  /** Its first page is asked for: what comes from now on is newer than that may be. */
  ask(): void;
  /** The first page of a feed that began anew, and what came since `ask`; nothing of before counts. */
  restart(page: JobPage): void;
  /** A job that is known from elsewhere. */
  know(job: JobSummary): void;
};

/** The list as its first page shows it. */
export function createListedJobs(firstPage: JobPage, firstFilter: JobFilter = {}): ListedJobs {
  let known = new Map<string, JobSummary>();
  let removed = new Set<string>();
  let filter = firstFilter;
  let numbers = countMoves(firstPage, filter);
  let arrived = new Map<string, JobSummary>();
  let nextCursor: string | null = null;
  /** The last job of the last page that was loaded. */
  let oldest: JobSummary | undefined;
  let jobs: readonly JobSummary[] = [];
  /** Those that have changed since `jobs` was put together; undefined: put it together anew. */
  let changed: Set<string> | undefined;
  let view: ListView | undefined;
  let position = firstPage.head;

  function isShown(job: JobSummary): boolean {
    return isWanted(job, filter) && (nextCursor === null || !oldest || compareJobs(job, oldest) <= 0);
  }
  function sort(ids: Iterable<string>): JobSummary[] {
    const found = [...ids].flatMap((jobId) => known.get(jobId) ?? []);
    return found.filter(isShown).toSorted(compareJobs);
  }
  function putTogether(): readonly JobSummary[] {
    const moved = changed;
    changed = new Set();
    if (moved === undefined) return sort(known.keys());
    if (moved.size === 0) return jobs;
    const others = jobs.filter(({ jobId }) => !moved.has(jobId));
    return mergeSorted(others, sort(moved));
  }
  /** True where the state is newer than the known one. */
  function learn(job: JobSummary): boolean {
    if (removed.has(job.jobId) || (known.get(job.jobId)?.revision ?? -1) >= job.revision) return false;
    known.set(job.jobId, job);
    return true;
  }
  function reachTo(page: JobPage): void {
    nextCursor = page.nextCursor;
    oldest = page.items.at(-1) ?? oldest;
    changed = undefined;
    view = undefined;
  }
  function begin(page: JobPage): void {
    oldest = undefined;
    numbers = countMoves(page, filter);
    for (const item of page.items) {
      learn(item);
      // The page may be older than what the stream has told.
      const newest = known.get(item.jobId);
      if (newest !== item) numbers.move({ before: item, after: newest, id: undefined });
    }
    reachTo(page);
  }

  function update(job: JobSummary, id: string | undefined): boolean {
    position = id ?? position;
    const before = known.get(job.jobId);
    if (!learn(job)) return false;
    arrived.set(job.jobId, job);
    changed?.add(job.jobId);
    numbers.move({ before, after: job, id });
    view = undefined;
    return true;
  }

  /** A page of everything that was heard of, for a viewer that is cut off. */
  function whatIsKnown(): JobPage {
    const found = [...known.values()].filter((job) => hasText(job, filter));
    const items = found.filter((job) => isWanted(job, filter)).sort(compareJobs);
    const counts = countByStatus(found);
    return {
      items,
      counts,
      total: items.length,
      page: 1,
      limit: items.length,
      nextCursor: null,
      head: position,
    };
  }

  begin(firstPage);
  return {
    view() {
      if (view !== undefined) return view;
      jobs = putTogether();
      const counts = numbers.counts();
      view = { filter, jobs, counts, total: totalOf(counts, filter.status), nextCursor };
      return view;
    },
    find: (jobId) => known.get(jobId),
    areCountsSure: () => numbers.areSure(),
    update,
    remove(jobId, id) {
      position = id ?? position;
      if (removed.has(jobId)) return false;
      numbers.move({ before: known.get(jobId), after: undefined, id });
      removed.add(jobId);
      known.delete(jobId);
      arrived.delete(jobId);
      changed?.add(jobId);
      view = undefined;
      return true;
    },
    older(page) {
      for (const item of page.items) learn(item);
      reachTo(page);
    },
    show(page, nextFilter) {
      filter = nextFilter;
      begin(page ?? whatIsKnown());
      if (page === undefined || isBehind(page.head, position)) numbers.doubt();
    },
    ask() {
      arrived = new Map();
    },
    askCounts: () => numbers.ask(),
    recount(page) {
      numbers.take(page);
      view = undefined;
    },
    reset() {
      removed = new Set();
    },
    restart(page) {
      known = new Map();
      begin(page);
      for (const job of arrived.values()) update(job, undefined);
    },
    know(job) {
      if (learn(job)) changed?.add(job.jobId);
      view = undefined;
    },
  };
}
