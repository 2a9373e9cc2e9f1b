import { useAtomValue } from "jotai";
import { useEffect, useState } from "react";
import { ApiError } from "#app/client/jobs-api.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { usePanel } from "./panel-context.tsx";
import { openJobAtom } from "./panel-state.ts";
import type { LiveJobs } from "./use-job-feed.ts";

/**
 * Makes sure that the job that is to be open is known, also where the list does not reach so far: the server sent it
 * along as `linked`, or it is asked for, again with every change of the connection until that is answered. True when
 * there is no such job.
 */
export function useLinkedJob(
  { find, know, state: { connection } }: LiveJobs,
  linked: JobSummary | null | undefined,
): boolean {
  const { api } = usePanel();
  const openJob = useAtomValue(openJobAtom);
  const [dead, setDead] = useState(linked === null ? openJob : undefined);
  const isUnknown = openJob !== undefined && find(openJob) === undefined;

  useEffect(() => {
    if (linked) know(linked);
  }, [know, linked]);

  useEffect(() => {
    if (!isUnknown || openJob === dead) return;
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
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- another connection is another chance
  }, [api, openJob, isUnknown, dead, know, connection.state, connection.laggingSince]);

  return openJob !== undefined && openJob === dead;
}
