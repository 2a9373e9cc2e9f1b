import { defined } from "#app/contract/defined.ts";
import type { JobPage } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import type { JobStreamConnection, JobStreamOptions } from "./connect-job-stream.ts";
import type { Connection } from "./connection.ts";
import type { JobFilter } from "./job-filter.ts";
import type { JobsApi } from "./jobs-api.ts";
import { createListedJobs, type ListView } from "./listed-jobs.ts";
import { createRecount } from "./recount.ts";
import { createRetry } from "./retry.ts";
import type { RefreshSession } from "./session-refresh.ts";

/** Whoever looks for something older than the first page wants more than that one has. */
const OLDER = 50;

/** What a viewer sees: jobs newest first, how many there are in all and by status, and whether older ones can be loaded. */
export type FeedState = ListView & { connection: Connection };

export type JobFeed = {
  /** The present state; a new object after every change, the same one in between. */
  state(): FeedState;
  /** A job that was heard of, shown or not. */
  find(jobId: string): JobSummary | undefined;
  subscribe(listener: () => void): () => void;
  /** Loads the next older page. Rejects with ApiError and changes nothing then. */
  loadOlder(): Promise<void>;
  /** Shows another filter, whose first page was just read; where it could not be, what is known. */
  show(page: JobPage | undefined, filter: JobFilter): void;
  /** Takes in a job that was read elsewhere, and keeps it true. */
  know(job: JobSummary): void;
  /** Tries to connect at once, for a button or a page that came back. */
  wake(): void;
  close(): void;
};

/**
 * A list that stays true by itself: the first page, then the stream from that page's head on. A `reset` reloads the
 * first page; what came meanwhile is folded in, so nothing is missed and nothing goes back.
 */
export function createJobFeed(options: {
  firstPage: JobPage;
  api: JobsApi;
  /** What the first page was asked with; the stream tells of every job, whatever is shown. */
  filter?: JobFilter;
  /** Whether the numbers by status are looked at: then they are asked for where the stream cannot tell them. */
  keepsCounts?: boolean;
  /** How to follow the stream. */
  connect: (options: JobStreamOptions & { cursor: string }) => JobStreamConnection;
  fetch?: typeof fetch;
  refreshSession?: RefreshSession | undefined;
  random?: () => number;
  onEvent?: (event: StreamEvent) => void;
  /** A job has a newer state; the one before is undefined where it was not known. */
  onMove?: (before: JobSummary | undefined, job: JobSummary) => void;
}): JobFeed {
  const { api, firstPage, connect, random = Math.random } = options;
  const listeners = new Set<() => void>();
  const list = createListedJobs(firstPage, options.filter);
  const reloads = createRetry(() => void reload(), random);
  const recount = createRecount({ list, ask: askCounts, onCounted: changed });
  let filter = options.filter ?? {};
  let connection: Connection = { state: "connecting" };
  let state: FeedState | undefined;
  let isClosed = false;

  function changed(): void {
    if (isClosed) return;
    state = undefined;
    if (options.keepsCounts) recount.look();
    for (const listener of listeners) listener();
  }

  function receive(event: StreamEvent): void {
    if (event.event === "job_update") {
      const { type: _, ...job } = event.data;
      const before = list.find(job.jobId);
      if (list.update(job, event.id)) {
        changed();
        options.onMove?.(before, job);
      }
    } else if (event.event === "job_removed") {
      if (list.remove(event.data.jobId, event.id)) changed();
    } else if (event.event === "reset") {
      list.reset();
      reloads.reset();
      void reload();
    }
    options.onEvent?.(event);
  }

  async function askCounts(): Promise<JobPage | undefined> {
    const wanted = filter;
    const page = await api.list({ ...textOf(wanted), limit: 1 });
    return wanted === filter ? page : undefined;
  }

  async function reload(): Promise<void> {
    const wanted = filter;
    list.ask();
    try {
      const page = await api.list(wanted);
      if (wanted !== filter) return void reload();
      list.restart(page);
      changed();
    } catch {
      if (!isClosed) reloads.plan();
    }
  }

  const stream = connect({
    url: api.streamUrl(),
    cursor: firstPage.head,
    random,
    ...defined({ fetch: options.fetch, refreshSession: options.refreshSession }),
    onEvent: receive,
    onConnection(next) {
      connection = next;
      changed();
    },
  });

  return {
    state: () => (state ??= { ...list.view(), connection }),
    find: list.find,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async loadOlder() {
      const { nextCursor } = list.view();
      if (nextCursor === null) return;
      const wanted = filter;
      const page = await api.list({ ...filter, cursor: nextCursor, limit: OLDER });
      // Another filter, or another call of this, was faster.
      if (wanted !== filter || list.view().nextCursor !== nextCursor) return;
      list.older(page);
      changed();
    },
    show(page, nextFilter) {
      filter = nextFilter;
      list.show(page, nextFilter);
      changed();
    },
    know(job) {
      list.know(job);
      changed();
    },
    wake: stream.wake,
    close() {
      isClosed = true;
      reloads.cancel();
      recount.stop();
      stream.close();
    },
  };
}

function textOf({ q }: JobFilter): JobFilter {
  return q === undefined ? {} : { q };
}
