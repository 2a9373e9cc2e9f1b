import { defined } from "#app/contract/defined.ts";
import type { JobDetail } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import { LOGS_KEPT } from "#app/domain/job-log.ts";
import { connectJobStream, type JobStreamConnection } from "./connect-job-stream.ts";
import type { Connection } from "./connection.ts";
import { addNewLine, addOlder, addState, loadJob, type LoadedJob } from "./followed-job.ts";
import { ApiError, type JobsApi } from "./jobs-api.ts";
import type { RefreshSession } from "./session-refresh.ts";

/** How many older lines come at once. */
const PAGE = 100;

/** Why a job cannot be shown: nobody answers, it is not there (any more), or something else. */
export type FollowProblem = "unreachable" | "gone" | "failed";

/** `job` stays as it was shown when a problem comes up. `connection`: undefined while none is needed. */
export type FollowState = {
  job: LoadedJob | undefined;
  problem: FollowProblem | undefined;
  connection: Connection | undefined;
};

export type JobFollower = {
  state(): FollowState;
  /** Follows from the first listener on, until there is none. */
  subscribe(listener: () => void): () => void;
  /** A newer state of the job that somebody else has heard of. */
  hear(summary: JobSummary): void;
  /** Brings the next older lines, or `all` that are kept. Rejects with ApiError and changes nothing then. */
  loadOlder(wanted?: "page" | "all"): Promise<void>;
  /** Loads the job again after a problem. */
  retry(): void;
};

/**
 * One job in full that stays true by itself: loaded once unless `first` is given, then its lines and states live, loaded
 * again when it ends or changes after that, because results and files come with it. `isAlone`: nobody tells of its later states, so the
 * stream stays open after the end. Only a visible tab holds a connection.
 */
export function createJobFollower(options: {
  jobId: string;
  api: JobsApi;
  first?: JobDetail | undefined;
  isAlone?: boolean;
  fetch?: typeof fetch | undefined;
  refreshSession?: RefreshSession | undefined;
}): JobFollower {
  const { jobId, api, first, isAlone = false, fetch, refreshSession } = options;
  const listeners = new Set<() => void>();
  let state: FollowState = { job: first && loadJob(first), problem: undefined, connection: undefined };
  let stream: JobStreamConnection | undefined;
  let loading = 0;
  let older = Promise.resolve();
  let heard: JobSummary | undefined;
  /** A stream begins now: what came between `first` and its beginning is not told. */
  let isSure = first === undefined || !isAlone;

  function change(next: Partial<FollowState>): void {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }

  async function load(): Promise<void> {
    const turn = ++loading;
    const isOver = (): boolean => turn !== loading || listeners.size === 0;
    try {
      const detail = await api.detail(jobId);
      if (isOver()) return;
      const job = loadJob(detail, state.job);
      change({ job: heard === undefined ? job : addState(job, heard), problem: undefined });
      follow();
    } catch (error) {
      if (!isOver()) change({ problem: problemOf(error) });
    }
  }

  function follow(): void {
    const { job } = state;
    if (job === undefined || (!isAlone && isFinal(job.detail.status))) return close();
    stream ??= connectJobStream({
      url: api.streamUrl({ job: jobId, logFrom: (job.lines.at(-1)?.index ?? job.detail.logCount - 1) + 1 }),
      restsWhileHidden: true,
      ...defined({ fetch, refreshSession }),
      onEvent: receive,
      onConnection(connection) {
        change(connection.problem === "not_found" ? { connection, problem: "gone" } : { connection });
      },
    });
  }

  function receive(event: StreamEvent): void {
    const { job } = state;
    if (event.event === "reset" || (event.event === "ready" && !isSure)) {
      isSure = true;
      void load();
    } else if (event.event === "job_removed" && event.data.jobId === jobId) change({ problem: "gone" });
    else if (event.event === "job_update" && event.data.jobId === jobId) {
      const { type: _, ...summary } = event.data;
      hear(summary);
    } else if (event.event === "job_log" && event.data.jobId === jobId && job) {
      change({ job: addNewLine(job, event.data) });
    }
  }

  function hear(summary: JobSummary): void {
    const { job } = state;
    heard = summary;
    if (job === undefined) return;
    const next = addState(job, summary);
    if (next === job) return;
    change({ job: next });
    // The result comes with the end, and files that were missing may come after it.
    if (isFinal(summary.status) || isFinal(job.detail.status)) void load();
  }

  async function bringOlder(wanted: "page" | "all"): Promise<void> {
    const [line] = state.job?.lines ?? [];
    if (!state.job?.hasOlder || line === undefined) return;
    const detail = await api.detailBefore(jobId, line.index, wanted === "all" ? LOGS_KEPT : PAGE);
    if (state.job !== undefined) change({ job: addOlder(state.job, detail) });
  }

  function close(): void {
    stream?.close();
    stream = undefined;
    if (state.connection !== undefined) state = { ...state, connection: undefined };
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        if (first === undefined || state.problem !== undefined) void load();
        else follow();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) close();
      };
    },
    hear,
    loadOlder(wanted = "page") {
      const bringing = older.then(() => bringOlder(wanted));
      older = bringing.catch(() => {});
      return bringing;
    },
    retry() {
      change({ problem: undefined });
      void load();
    },
  };
}

function problemOf(error: unknown): FollowProblem {
  if (!(error instanceof ApiError)) return "failed";
  if (error.status === 404) return "gone";
  return error.status === 0 || error.status >= 500 ? "unreachable" : "failed";
}
