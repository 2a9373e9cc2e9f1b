import { useAtomValue } from "jotai";
import { useEffect, useState } from "react";
import { ApiError } from "#app/client/jobs-api.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { usePanel } from "./panel-context.tsx";
import { openJobAtom } from "./panel-state.ts";
import type { LiveJobs } from "./use-job-feed.ts";

/**
 * Makes sure that the job that is to be open is known, also where the list does not reach so far: the server sent it
 * along as `linked`, or it is asked for. True when there is no such job.
 */
export function useLinkedJob({ find, know }: LiveJobs, linked: JobSummary | null | undefined): boolean {
  const { api } = usePanel();
  const openJob = useAtomValue(openJobAtom);
  const [dead, setDead] = useState(linked === null ? openJob : undefined);

  useEffect(() => {
    if (linked) know(linked);
  }, [know, linked]);

  useEffect(() => {
    if (openJob === undefined || openJob === dead || find(openJob) !== undefined) return;
    if (linked?.jobId === openJob) return;
    let isClosed = false;
    api.summary(openJob).then(
      (job) => {
        if (!isClosed) know(job);
      },
      (error: unknown) => {
        if (!isClosed && error instanceof ApiError && error.status === 404) setDead(openJob);
      },
    );
    return () => {
      isClosed = true;
    };
  }, [api, openJob, dead, find, know, linked]);

  return openJob !== undefined && openJob === dead;
}
