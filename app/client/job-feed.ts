import type { JobPage } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import { connectJobStream, type JobStreamConnection, type JobStreamOptions } from "./connect-job-stream.ts";
import type { Connection } from "./connection.ts";
import type { JobsApi } from "./jobs-api.ts";
import { listOlder, listPage, listReload, listRemoval, listUpdate, type ListedJobs } from "./listed-jobs.ts";
import { createRetry } from "./retry.ts";

/** What a viewer knows: jobs newest first, how many there are in all, and whether older ones can be loaded. */
export type FeedState = {
  jobs: readonly JobSummary[];
  total: number;
  nextCursor: string | null;
  connection: Connection;
};

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
  const reloads = createRetry(() => void reload(), random);
  let list = listPage(firstPage);
  let connection: Connection = { state: "connecting" };
  let state = stateOf(list, connection);
  let isClosed = false;

  function change(nextList: ListedJobs, nextState: Connection): void {
    if (isClosed || (nextList === list && nextState === connection)) return;
    list = nextList;
    connection = nextState;
    state = stateOf(list, connection);
    for (const listener of listeners) listener();
  }

  function receive(event: StreamEvent): void {
    if (event.event === "job_update") {
      const { type: _, ...job } = event.data;
      change(listUpdate(list, job), connection);
    } else if (event.event === "job_removed") {
      change(listRemoval(list, event.data.jobId), connection);
    } else if (event.event === "reset") {
      list = { ...list, removed: new Set() };
      reloads.reset();
      void reload();
    }
    options.onEvent?.(event);
  }

  async function reload(): Promise<void> {
    const before = list;
    try {
      const page = await api.list();
      change(listReload(list, page, before), connection);
    } catch {
      if (!isClosed) reloads.plan();
    }
  }

  const stream = connect({
    url: api.streamUrl(),
    cursor: firstPage.head,
    random,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    onEvent: receive,
    onConnection: (next) => change(list, next),
  });

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async loadOlder() {
      if (list.nextCursor === null) return;
      const page = await api.list({ cursor: list.nextCursor });
      change(listOlder(list, page), connection);
    },
    wake: stream.wake,
    close() {
      isClosed = true;
      reloads.cancel();
      stream.close();
    },
  };
}

function stateOf({ jobs, total, nextCursor }: ListedJobs, connection: Connection): FeedState {
  return { jobs, total, nextCursor, connection };
}
