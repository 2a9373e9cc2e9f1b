import { connectJobStream } from "#app/client/connect-job-stream.ts";
import type { Connection, ConnectionProblem } from "#app/client/connection.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import type { Server } from "../open-server.ts";
import type { FirstLook } from "./first-look.ts";
import type { Patience } from "./patience.ts";

/** What a watch tells. `cursor` is the place in the feed it was learnt at. */
export type WatchListener = {
  /** A state newer than any told of this job. */
  change(job: JobSummary, cursor: string): void;
  remove(jobId: string, cursor: string): void;
  /** `caughtUp` counts the changes that came after a disconnect, with its first `live`. */
  connection(connection: Connection, caughtUp: number): void;
};

export type JobsWatch = {
  /** Resolves when the stream has ended for good; rejects with ApiError when a look at the list is refused. */
  ended: Promise<ConnectionProblem>;
  /** The newest revision that was told of a job; -1 for none. */
  knownRevision(jobId: string): number;
  close(): void;
};

/**
 * Tells every newer state of a user's jobs from a first look on, over any number of disconnects and without a gap, each
 * state at most once. After a `reset` the look is taken again; jobs that are gone by then are told as removed.
 */
export function watchJobs(options: {
  server: Server;
  first: FirstLook;
  /** Reads anew what the first look has read, and the newest states of these jobs, which moved when last heard of. */
  lookAgain: (jobIds: readonly string[]) => Promise<{ look: FirstLook; gone: readonly string[] }>;
  patience: Patience;
  listener: WatchListener;
}): JobsWatch {
  const { server, first, listener, patience } = options;
  const known = new Map<string, { revision: number; isMoving: boolean }>();
  const end = Promise.withResolvers<ConnectionProblem>();
  let cursor = first.head;
  let isAway = false;
  let caughtUp = 0;
  let isClosed = false;

  function take(job: JobSummary, isRestored = false): void {
    const before = known.get(job.jobId);
    const isNews = before === undefined || job.revision > before.revision;
    if (!isNews && !(isRestored && job.revision !== before.revision)) return;
    known.set(job.jobId, { revision: job.revision, isMoving: !isFinal(job.status) });
    if (isAway) caughtUp++;
    listener.change(job, cursor);
  }

  function remove(jobId: string): void {
    known.delete(jobId);
    if (isAway) caughtUp++;
    listener.remove(jobId, cursor);
  }

  function receive(event: StreamEvent): void {
    cursor = event.id ?? cursor;
    if (event.event === "job_update") {
      const { type: _, ...job } = event.data;
      take(job);
    } else if (event.event === "job_removed") remove(event.data.jobId);
    else if (event.event === "reset") void reload().catch(end.reject);
  }

  async function reload(): Promise<void> {
    const moving = [...known].filter(([, { isMoving }]) => isMoving).map(([jobId]) => jobId);
    const { look, gone } = await patience.ask(() => options.lookAgain(moving));
    if (isClosed) return;
    for (const job of look.jobs) take(job, true);
    for (const jobId of gone) remove(jobId);
  }

  for (const job of first.jobs) take(job);
  const stream = connectJobStream({
    url: server.api.streamUrl(),
    cursor,
    fetch: server.fetch,
    onEvent: receive,
    onConnection(connection) {
      if (connection.state === "reconnecting") isAway = true;
      listener.connection(connection, caughtUp);
      if (connection.state === "live") {
        isAway = false;
        caughtUp = 0;
      }
      if (connection.state === "offline") end.resolve(connection.problem ?? "ended");
      else if (patience.isOver(connection)) end.resolve("unreachable");
    },
  });
  return {
    ended: end.promise,
    knownRevision: (jobId) => known.get(jobId)?.revision ?? -1,
    close() {
      isClosed = true;
      stream.close();
    },
  };
}
