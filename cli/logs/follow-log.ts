import { connectJobStream } from "#app/client/connect-job-stream.ts";
import type { Connection, ConnectionProblem } from "#app/client/connection.ts";
import { ApiError, type JobsApi } from "#app/client/jobs-api.ts";
import type { JobDetail } from "#app/contract/http.ts";
import { isFinal, type JobLog, type JobSummary } from "#app/contract/job.ts";
import type { StreamEvent } from "#app/contract/stream.ts";

const KEPT = 500;

export type LogEnd = { job: JobSummary } | { problem: ConnectionProblem };

/**
 * Follows one job from a detail that was read after `cursor`: every line after its last one, once and in order, until
 * the job has ended. At the end, and after a reset, what the stream did not bring is read from the detail; lines that
 * are kept no more are counted to `onGap`.
 */
export function followLog(options: {
  api: JobsApi;
  fetch: typeof fetch;
  detail: JobDetail;
  cursor: string;
  aborted: AbortSignal;
  onLines: (from: number, entries: readonly JobLog[]) => void;
  onGap: (count: number) => void;
  onConnection: (connection: Connection) => void;
}): Promise<LogEnd> {
  const { api, detail, aborted } = options;
  const { jobId } = detail;
  let next = detail.logsFrom + detail.logs.length;
  let isDue = false;
  if (isFinal(detail.status)) return Promise.resolve({ job: detail });

  return new Promise((resolve, reject) => {
    const stream = connectJobStream({
      url: api.streamUrl({ job: jobId, logFrom: next }),
      cursor: options.cursor,
      fetch: options.fetch,
      onEvent: receive,
      onConnection(connection) {
        options.onConnection(connection);
        if (connection.state === "offline") resolve({ problem: connection.problem ?? "ended" });
      },
    });
    aborted.addEventListener("abort", stream.close);

    function receive(event: StreamEvent): void {
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
      options.onLines(first, fresh);
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
