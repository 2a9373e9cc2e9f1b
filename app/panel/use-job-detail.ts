import { useEffect, useState } from "react";
import { connectJobStream, type JobStreamConnection } from "#app/client/connect-job-stream.ts";
import { ApiError } from "#app/client/jobs-api.ts";
import type { JobDetail } from "#app/contract/http.ts";
import { isFinal, type JobSummary } from "#app/contract/job.ts";
import { addLine, type LogLine, linesOf } from "#app/client/job-lines.ts";
import { usePanel } from "./panel-context.tsx";

export type LoadedDetail = { detail: JobDetail; lines: readonly LogLine[] };
export type DetailProblem = "unreachable" | "gone" | "failed";

/**
 * An opened job in full: loaded once, its new lines live while it moves, loaded again when it ends, because the
 * result comes with the end. What was shown stays while that happens. Only a visible tab has a connection for it.
 */
export function useJobDetail({ jobId, status }: JobSummary): {
  loaded: LoadedDetail | undefined;
  problem: DetailProblem | undefined;
  retry: () => void;
} {
  const { api, fetch } = usePanel();
  const [loaded, setLoaded] = useState<LoadedDetail>();
  const [problem, setProblem] = useState<DetailProblem>();
  const hasEnded = isFinal(status);

  useEffect(() => {
    if (problem !== undefined) return;
    let isClosed = false;
    let stream: JobStreamConnection | undefined;

    function follow(logFrom: number): void {
      stream = connectJobStream({
        url: api.streamUrl({ job: jobId, logFrom }),
        restsWhileHidden: true,
        ...(fetch === undefined ? {} : { fetch }),
        onEvent(event) {
          if (event.event !== "job_log" || event.data.jobId !== jobId) return;
          setLoaded((known) => known && { ...known, lines: addLine(known.lines, event.data) });
        },
      });
    }

    api.detail(jobId).then(
      (detail) => {
        if (isClosed) return;
        setLoaded((known) => ({ detail, lines: linesOf(detail).reduce(addLine, known?.lines ?? []) }));
        if (!hasEnded) follow(detail.logsFrom + detail.logs.length);
      },
      (error: unknown) => {
        if (!isClosed) setProblem(problemOf(error));
      },
    );
    return () => {
      isClosed = true;
      stream?.close();
    };
  }, [api, fetch, jobId, hasEnded, problem]);

  return { loaded, problem, retry: () => setProblem(undefined) };
}

function problemOf(error: unknown): DetailProblem {
  if (!(error instanceof ApiError)) return "failed";
  if (error.status === 404) return "gone";
  return error.status === 0 || error.status >= 500 ? "unreachable" : "failed";
}
