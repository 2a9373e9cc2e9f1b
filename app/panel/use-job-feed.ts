import { useMemo, useSyncExternalStore } from "react";
import { createJobFeed, type FeedState, type JobFeed } from "#app/client/job-feed.ts";
import type { JobsApi } from "#app/client/jobs-api.ts";
import { shareJobStream } from "#app/client/share-job-stream.ts";
import type { JobPage } from "#app/contract/http.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import { usePanel } from "./panel-context.tsx";

/** The jobs as they are now, and what a person may do about them. */
export type LiveJobs = { state: FeedState; wake: () => void; loadOlder: () => Promise<void> };

type FeedSource = {
  firstPage: JobPage;
  api: JobsApi;
  fetch: typeof fetch | undefined;
  onEvent: (event: StreamEvent) => void;
};

/**
 * The list that stays true by itself, from the page the server rendered on, over one stream for all tabs of the
 * browser. The feed lives as long as the panel. `onEvent` must be stable.
 */
export function useJobFeed(firstPage: JobPage, onEvent: (event: StreamEvent) => void): LiveJobs {
  const { api, fetch } = usePanel();
  const feed = useMemo(
    () => feedOnDemand({ firstPage, api, fetch, onEvent }),
    [firstPage, api, fetch, onEvent],
  );
  const state = useSyncExternalStore(feed.subscribe, feed.state, feed.firstState);
  return { state, wake: feed.wake, loadOlder: feed.loadOlder };
}

/** A feed that connects with its subscriber and closes with it: the server, which renders only, never connects. */
function feedOnDemand({ firstPage, api, fetch, onEvent }: FeedSource) {
  const { items, total, counts, nextCursor } = firstPage;
  const first: FeedState = { jobs: items, total, counts, nextCursor, connection: { state: "connecting" } };
  let feed: JobFeed | undefined;
  return {
    firstState: () => first,
    state: () => feed?.state() ?? first,
    wake: () => feed?.wake(),
    loadOlder: async () => feed?.loadOlder(),
    subscribe(listener: () => void) {
      // What another fetch tells is this page's own, not for the other tabs.
      const way = fetch === undefined ? { connect: shareJobStream } : { fetch };
      const opened = createJobFeed({ firstPage, api, onEvent, keepsCounts: true, ...way });
      feed = opened;
      const unsubscribe = opened.subscribe(listener);
      return () => {
        unsubscribe();
        opened.close();
      };
    },
  };
}
