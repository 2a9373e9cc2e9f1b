import { applyPage } from "#app/client/apply-update.ts";
import type { ConnectionProblem } from "#app/client/connection.ts";
import { createJobFeed } from "#app/client/job-feed.ts";
import type { JobsApi } from "#app/client/jobs-api.ts";
import type { JobPage } from "#app/contract/http.ts";
import { isFinal } from "#app/contract/job.ts";
import type { JobsView } from "./jobs-view.ts";

const RECENT = 5;
const MOVING = ["running", "queued", "pending-storage"] as const;

/** A tail under way. */
export type JobsFollower = {
  /** Resolves when the stream has ended for good, with the reason. */
  ended: Promise<ConnectionProblem>;
  /** Resolves once everything the server knows now has been shown. */
  caughtUp(): Promise<void>;
  /** Says something to the person without disturbing what is shown. */
  say(text: string): void;
  close(): void;
};

/**
 * Shows the last few jobs that are over and all that move, then every newer state, over any number of disconnects and
 * without a gap. Rejects with ApiError when the first look at the list fails.
 */
export async function followJobs(options: {
  api: JobsApi;
  fetch: typeof fetch;
  view: JobsView;
}): Promise<JobsFollower> {
  const { api, view } = options;
  const firstPage = await lookAround(api);
  const shown = new Map(firstPage.items.map(({ jobId, revision }) => [jobId, revision]));
  const over = firstPage.items.filter(({ status }) => isFinal(status)).slice(0, RECENT);
  const moving = firstPage.items.filter(({ status }) => !isFinal(status));
  let cursor = firstPage.head;
  for (const job of [...moving, ...over].toReversed()) view.change(job, cursor);

  const feed = createJobFeed({
    firstPage,
    api,
    fetch: options.fetch,
    onEvent(event) {
      cursor = event.id ?? cursor;
      if (event.event === "job_removed") view.remove(event.data.jobId, cursor);
      showNewer();
    },
  });
  const end = Promise.withResolvers<ConnectionProblem>();
  let { jobs: seen, connection: lastConnection } = feed.state();
  const unsubscribe = feed.subscribe(() => {
    const { connection } = feed.state();
    if (connection !== lastConnection) view.connection(connection);
    if (connection.state === "offline") end.resolve(connection.problem ?? "ended");
    lastConnection = connection;
    // A reloaded list comes without an event; what an event brings has been shown by then.
    queueMicrotask(showNewer);
  });

  function showNewer(): void {
    const { jobs } = feed.state();
    if (jobs === seen) return;
    seen = jobs;
    for (const job of jobs.toReversed()) {
      if (job.revision <= (shown.get(job.jobId) ?? -1)) continue;
      shown.set(job.jobId, job.revision);
      view.change(job, cursor);
    }
  }

  return {
    ended: end.promise,
    async caughtUp() {
      const { items } = await api.list({ limit: 50 });
      const isShown = (): boolean =>
        items.every(({ jobId, revision }) => (shown.get(jobId) ?? -1) >= revision);
      await new Promise<void>((resolve) => {
        const stop = feed.subscribe(() => queueMicrotask(look));
        function look(): void {
          if (!isShown()) return;
          stop();
          resolve();
        }
        look();
      });
    },
    say: view.say,
    close() {
      unsubscribe();
      feed.close();
      view.close();
    },
  };
}

/** The newest jobs and all that move; the head is that of the first look, so that nothing falls in between. */
async function lookAround(api: JobsApi): Promise<JobPage> {
  const newest = await api.list({ limit: 50 });
  if (newest.nextCursor === null) return newest;
  const pages = await Promise.all(MOVING.map((status) => api.list({ status: [status], limit: 50 })));
  const moving = pages.flatMap(({ items }) => items);
  return { ...newest, items: [...applyPage(newest.items, moving)] };
}
