import { useLayoutEffect, useState, useSyncExternalStore } from "react";
import type { FeedState } from "#app/client/job-feed.ts";
import type { JobFilter } from "#app/client/job-filter.ts";
import type { JobPage } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { totalOf } from "#app/contract/job-status.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import { feedOnDemand } from "./feed-on-demand.ts";
import { usePanel } from "./panel-context.tsx";

/** The jobs as they are now, and what a person may do about them. */
export type LiveJobs = {
  state: FeedState;
  /** The newest state of a job that was heard of, shown or not. */
  find: (jobId: string) => JobSummary | undefined;
  /** Takes in a job that was read elsewhere. */
  know: (job: JobSummary) => void;
  wake: () => void;
  loadOlder: () => Promise<void>;
};

/**
 * The list that stays true by itself, from the page the server rendered on, over one stream for all tabs of the
 * browser. The feed lives as long as the panel, whatever filter is shown; where the page of a later one is missing, it
 * shows what it knows. The callbacks of the first rendering are kept.
 */
export function useJobFeed(options: {
  first: JobPage;
  page: JobPage | undefined;
  filter: JobFilter;
  /** A job the first page may not reach to. */
  linked: JobSummary | null | undefined;
  onEvent: (event: StreamEvent) => void;
  onMove: (before: JobSummary | undefined, job: JobSummary) => void;
}): LiveJobs {
  const { first, page, filter, linked, onEvent, onMove } = options;
  const { api, fetch, refreshSession } = usePanel();
  const [feed] = useState(() =>
    feedOnDemand({ page: first, filter, linked, api, fetch, refreshSession, onEvent, onMove }),
  );
  const state = useSyncExternalStore(feed.subscribe, feed.state, feed.firstState);
  useLayoutEffect(() => feed.show(page, filter), [feed, page, filter]);

  const { find, know, wake, loadOlder } = feed;
  return { state, find, know, wake, loadOlder };
}

/** Whether there has never been a job, as far as the list tells. */
export function isFirstUse({ counts, jobs }: FeedState, filter: JobFilter): boolean {
  return totalOf(counts) === 0 && jobs.length === 0 && filter.q === undefined && filter.status === undefined;
}
