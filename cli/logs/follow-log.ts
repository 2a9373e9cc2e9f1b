import { connectJobStream } from "#app/client/connect-job-stream.ts";
import type { Connection, ConnectionProblem } from "#app/client/connection.ts";
import { ApiError } from "#app/client/jobs-api.ts";
import { positionAfter } from "#app/client/position.ts";
import type { JobDetail } from "#app/contract/http.ts";
import type { JobLog, JobSummary } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import type { StreamEvent } from "#app/contract/stream.ts";
import type { Server } from "../open-server.ts";
import type { Patience } from "../watch/patience.ts";

const KEPT = 500;

export type LogEnd = { job: JobSummary } | { problem: ConnectionProblem };

/**
 * Follows one job from a detail that was read after `cursor`: every line after its last one, once and in order, until
 * the job has ended. At the end, and after a reset, what the stream did not bring is read from the detail; lines that
 * are kept no more are counted to `onGap`.
 */
export function followLog(options: {
  server: Server;
  patience: Pick<Patience, "isOver">;
  detail: JobDetail;
  cursor: string;
  aborted: AbortSignal;
  onLines: (from: number, entries: readonly JobLog[], cursor: string) => void;
  onGap: (count: number) => void;
  /** `caughtUp`: how many lines came after a disconnect. */
  onConnection: (connection: Connection, caughtUp: number) => void;
}): Promise<LogEnd> {
  const { detail, aborted } = options;
  const { api } = options.server;
  const { jobId } = detail;
  let next = detail.logsFrom + detail.logs.length;
  let cursor = options.cursor;
  let isDue = false;
  /** Up to which line we were when the connection was lost. */
  let lost: number | undefined;
  if (isFinal(detail.status)) return Promise.resolve({ job: detail });

  return new Promise((resolve, reject) => {
    const stream = connectJobStream({
      url: api.streamUrl({ job: jobId, logFrom: next }),
      cursor,
      fetch: options.server.fetch,
      onEvent: receive,
      onConnection(connection) {
        if (connection.state === "reconnecting") lost ??= next;
        options.onConnection(connection, next - (lost ?? next));
        if (connection.state === "live") lost = undefined;
        if (connection.state === "offline") resolve({ problem: connection.problem ?? "ended" });
        else if (options.patience.isOver(connection)) end({ problem: "unreachable" });
      },
    });
    aborted.addEventListener("abort", stream.close);

    function receive(event: StreamEvent): void {
      cursor = positionAfter(cursor, event) ?? cursor;
      if (event.event === "job_log" && event.data.jobId === jobId) take(event.data.index, [event.data.entry]);
      else if (event.event === "job_removed" && event.data.jobId === jobId) end({ problem: "not_found" });
      else if (event.event === "reset" || isEnd(event)) void look();
      else if (isDue && (event.event === "ready" || event.event === "heartbeat")) void look();
    }

    function isEnd(event: StreamEvent): boolean {
      return event.event === "job_update" && event.data.jobId === jobId && isFinal(event.data.status);
    }

    function take(from: number, entries: readonly JobLog[]): void {
      const fresh = entries.slice(Math.max(0, next - from));
      if (fresh.length === 0) return;
      const first = Math.max(from, next);
      if (first > next) options.onGap(first - next);
      next = first + fresh.length;
      options.onLines(first, fresh, cursor);
    }

    /** The rest of the lines, and whether the job has really ended. Tried again when the server was away. */
    async function look(): Promise<void> {
      isDue = true;
      try {
        const now = await api.detail(jobId, KEPT);
        isDue = false;
        take(now.logsFrom, now.logs);
        if (isFinal(now.status)) end({ job: now });
      } catch (error) {
        if (error instanceof ApiError && (error.status === 0 || error.status >= 500)) return;
        stream.close();
        reject(error);
      }
    }

    function end(how: LogEnd): void {
      stream.close();
      resolve(how);
    }
  });
}
