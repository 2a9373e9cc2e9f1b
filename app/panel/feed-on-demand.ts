import { connectJobStream } from "#app/client/connect-job-stream.ts";
import { createJobFeed, type FeedState, type JobFeed } from "#app/client/job-feed.ts";
import type { JobFilter } from "#app/client/job-filter.ts";
import type { JobsApi } from "#app/client/jobs-api.ts";
import { createListedJobs } from "#app/client/listed-jobs.ts";
import type { RefreshSession } from "#app/client/session-refresh.ts";
import { shareJobStream } from "#app/client/share-job-stream.ts";
import type { JobPage } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import { onNextFrame } from "./next-frame.ts";

export type FeedSource = {
  page: JobPage;
  filter: JobFilter;
  api: JobsApi;
  fetch: typeof fetch | undefined;
  refreshSession: RefreshSession | undefined;
  onEvent: (event: StreamEvent) => void;
  onMove: (before: JobSummary | undefined, job: JobSummary) => void;
  /** A job the page may not reach to. */
  linked: JobSummary | null | undefined;
};

/**
 * A feed that connects with its subscriber and closes with it: the server, which renders only, never connects. Whatever
 * arrives until the next frame is told as one change.
 */
export function feedOnDemand(source: FeedSource) {
  const { page, filter, api, fetch, refreshSession, onEvent, onMove, linked } = source;
  const begun = createListedJobs(page, filter);
  if (linked) begun.know(linked);
  const first: FeedState = { ...begun.view(), connection: { state: "connecting" } };
  let shown: { page: JobPage | undefined; filter: JobFilter } = { page, filter };
  let feed: JobFeed | undefined;
  let hasMoved = false;

  return {
    firstState: () => first,
    // The same until there is something else to see: a feed that begins is no reason to render everything again.
    state: () => (hasMoved && feed !== undefined ? feed.state() : first),
    find: (jobId: string) => (feed ?? begun).find(jobId),
    know: (job: JobSummary) => (feed ?? begun).know(job),
    wake: () => feed?.wake(),
    loadOlder: async () => feed?.loadOlder(),
    /** Another filter, or the same one read anew; without a page, what is known of it. */
    show(next: JobPage | undefined, nextFilter: JobFilter) {
      if (next === shown.page && nextFilter === shown.filter) return;
      shown = { page: next, filter: nextFilter };
      feed?.show(next, nextFilter);
    },
    subscribe(listener: () => void) {
      // What another fetch tells is this page's own, not for the other tabs.
      const way = fetch === undefined ? { connect: shareJobStream } : { connect: connectJobStream, fetch };
      const hearing = { onEvent, onMove, refreshSession, keepsCounts: true };
      const opened = createJobFeed({ firstPage: page, filter, api, ...hearing, ...way });
      feed = opened;
      if (linked) opened.know(linked);
      if (shown.page !== page) opened.show(shown.page, shown.filter);
      hasMoved ||= shown.page !== page;
      const soon = onNextFrame(listener);
      const unsubscribe = opened.subscribe(() => {
        hasMoved = true;
        soon.ask();
      });
      return () => {
        soon.cancel();
        unsubscribe();
        opened.close();
      };
    },
  };
}
