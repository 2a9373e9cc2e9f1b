import type { JobPage } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import { applyPage, applyUpdate, removeJob } from "./apply-update.ts";
import { connectJobStream, type JobStreamConnection, type JobStreamOptions } from "./connect-job-stream.ts";
import { backoffMs, type Connection } from "./connection.ts";
import type { JobsApi } from "./jobs-api.ts";

/** What a viewer knows: jobs newest first, how many there are in all, and whether older ones can be loaded. */
export type FeedState = {
  jobs: readonly JobSummary[];
  total: number;
  nextCursor: string | null;
  connection: Connection;
};

type Counted = Pick<FeedState, "jobs" | "total">;

export type JobFeed = {
  /** The present state; a new object after every change, the same one in between. */
  state(): FeedState;
  subscribe(listener: () => void): () => void;
  /** Loads the next older page. Rejects with ApiError and changes nothing then. */
  loadOlder(): Promise<void>;
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
  /** How to follow the stream: with a connection of its own unless told. */
  connect?: (options: JobStreamOptions & { cursor: string }) => JobStreamConnection;
  fetch?: typeof fetch;
  random?: () => number;
  onEvent?: (event: StreamEvent) => void;
}): JobFeed {
  const { api, firstPage, connect = connectJobStream, random = Math.random } = options;
  const listeners = new Set<() => void>();
  let state: FeedState = { ...pageState(firstPage), connection: { state: "connecting" } };
  let newestAtLoad = newestOf(firstPage.items);
  const removed = new Set<string>();
  let reloadTimer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  function change(next: Partial<FeedState>): void {
    if (isClosed) return;
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }

  function receive(event: StreamEvent): void {
    if (event.event === "job_update") {
      const { type: _, ...job } = event.data;
      const next = withJob(state, job);
      if (next.jobs !== state.jobs) change(next);
    } else if (event.event === "job_removed" && !removed.has(event.data.jobId)) {
      const { jobId } = event.data;
      removed.add(jobId);
      change({ jobs: removeJob(state.jobs, jobId), total: state.total - 1 });
    } else if (event.event === "reset") {
      removed.clear();
      void reload(0);
    }
    options.onEvent?.(event);
  }

  function isPresent({ jobId }: JobSummary): boolean {
    return !removed.has(jobId);
  }

  /** The wire is at-least-once: a job that was removed does not come back, one that is known is not counted again. */
  function withJob({ jobs, total }: Counted, job: JobSummary): Counted {
    if (!isPresent(job)) return { jobs, total };
    const next = applyUpdate(jobs, job);
    const isNew = next.length > jobs.length && job.createdAt > newestAtLoad;
    return { jobs: next, total: total + (isNew ? 1 : 0) };
  }

  async function reload(attempt: number): Promise<void> {
    clearTimeout(reloadTimer);
    const before = new Set(state.jobs);
    try {
      const page = await api.list();
      const arrived = state.jobs.filter((job) => !before.has(job));
      newestAtLoad = newestOf(page.items);
      const jobs = page.items.filter(isPresent);
      const total = page.total - (page.items.length - jobs.length);
      change({ ...arrived.reduce(withJob, { jobs, total }), nextCursor: page.nextCursor });
    } catch {
      if (isClosed) return;
      reloadTimer = setTimeout(() => void reload(attempt + 1), backoffMs(attempt, random()));
    }
  }

  const stream = connect({
    url: api.streamUrl(),
    cursor: firstPage.head,
    random,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    onEvent: receive,
    onConnection: (connection) => change({ connection }),
  });

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async loadOlder() {
      if (state.nextCursor === null) return;
      const page = await api.list({ cursor: state.nextCursor });
      change({ jobs: applyPage(state.jobs, page.items.filter(isPresent)), nextCursor: page.nextCursor });
    },
    wake: stream.wake,
    close() {
      isClosed = true;
      clearTimeout(reloadTimer);
      stream.close();
    },
  };
}

function pageState({ items, total, nextCursor }: JobPage): Omit<FeedState, "connection"> {
  return { jobs: items, total, nextCursor };
}

/** A job created after this instant cannot have been counted in the page's total. */
function newestOf(items: readonly JobSummary[]): string {
  return items[0]?.updatedAt ?? "";
}
