import type { Cursor } from "#app/contract/cursor.ts";
import { toJobUpdate, type JobUpdate } from "#app/contract/stream.ts";
import { type Job, summarize } from "#app/contract/job.ts";
import type { FeedEntry } from "#app/server/repository/job-repository.ts";
import type { StateEvent } from "./feed-event.ts";

/** A job's newest state in the feed, in the form viewers are shown; `logCount` are the lines it had by then. */
export type ShownState = { seq: bigint; jobId: string; logCount: number } & (
  | { event: "job_update"; data: JobUpdate }
  | { event: "job_removed"; data: { jobId: string } }
);

/** The newest states of one user's jobs: for every job that changed after `since`, the last one. */
export type FeedWindow = {
  since(): bigint;
  /** The largest seq it was ever told of. */
  newest(): bigint;
  /** Takes a state in; false when it has this one of the job, or a newer one. */
  add(state: ShownState): boolean;
  /** The states after `seq`, oldest first, at most `limit`: all there are, unless `seq` is before `since`. */
  after(seq: bigint, limit: number): ShownState[];
  /** Reaches back to `from`, if there is room: the states between that and `since`, oldest first, are these. */
  extend(from: bigint, states: readonly ShownState[]): void;
  /** Gives its room to the others. */
  close(): void;
};

/** Opens windows that hold at most `perUser` states each and `total` together; the oldest state makes room. */
export function createFeedWindows({ perUser, total }: { perUser: number; total: number }) {
  let held = 0;

  return function openWindow(from: bigint): FeedWindow {
    /** By job, in the order they came; that is the order of the feed, but for what came late. */
    let states = new Map<string, ShownState>();
    let since = from;
    let newest = from;

    function dropOldest(): void {
      for (const [jobId, { seq }] of states) {
        states.delete(jobId);
        held -= 1;
        if (seq > since) since = seq;
        return;
      }
    }

    return {
      since: () => since,
      newest: () => newest,
      add(state) {
        const { jobId, seq } = state;
        const known = states.get(jobId);
        if (known !== undefined && known.seq >= seq) return false;
        if (seq <= since) return true;
        if (seq > newest) newest = seq;
        if (!states.delete(jobId)) held += 1;
        states.set(jobId, state);
        if (states.size > perUser || held > total) dropOldest();
        return true;
      },
      after(seq, limit) {
        const later = [...states.values()].filter((state) => state.seq > seq);
        return later.toSorted((a, b) => (a.seq < b.seq ? -1 : 1)).slice(0, limit);
      },
      extend(reached, older) {
        const missing = older.filter(({ jobId, seq }) => seq <= since && !states.has(jobId));
        if (states.size + missing.length > perUser || held + missing.length > total) return;
        states = new Map([...missing.map((state) => [state.jobId, state] as const), ...states]);
        held += missing.length;
        since = reached;
      },
      close() {
        held -= states.size;
        states.clear();
      },
    };
  };
}

/** What viewers are shown of a job. */
export function stateOf(seq: bigint, job: Job, isRemoved = false): ShownState {
  const { jobId, logCount } = job;
  if (isRemoved) return removalOf(seq, jobId);
  return { seq, jobId, logCount, event: "job_update", data: toJobUpdate(summarize(job)) };
}

/** What viewers are shown of a row of the feed. */
export function stateOfEntry(entry: FeedEntry): ShownState {
  return "job" in entry ? stateOf(entry.seq, entry.job) : removalOf(entry.seq, entry.removedJobId);
}

/** The event that tells of a state, from a position that misses nothing. */
export function eventAt(state: ShownState, at: Cursor): StateEvent {
  return state.event === "job_update"
    ? { event: state.event, data: state.data, at }
    : { event: state.event, data: state.data, at };
}

function removalOf(seq: bigint, jobId: string): ShownState {
  return { seq, jobId, logCount: 0, event: "job_removed", data: { jobId } };
}
