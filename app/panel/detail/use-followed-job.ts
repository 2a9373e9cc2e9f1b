import { useEffect, useState, useSyncExternalStore } from "react";
import { createJobFollower, type FollowState, type JobFollower } from "#app/client/follow-job.ts";
import type { JobDetail } from "#app/contract/http.ts";
import type { JobSummary } from "#app/contract/job.ts";
import { usePanel } from "#app/panel/panel-context.tsx";

export type FollowedJob = FollowState & Pick<JobFollower, "loadOlder" | "retry">;

/** An opened job in full, live as long as it is shown. `first`: what the page came with, then nobody else tells of it. */
export function useFollowedJob(job: JobSummary, first?: JobDetail): FollowedJob {
  const { api, fetch, refreshSession } = usePanel();
  const { jobId } = job;
  const [follower] = useState(() =>
    createJobFollower({ jobId, api, fetch, refreshSession, first, isAlone: first !== undefined }),
  );
  const state = useSyncExternalStore(follower.subscribe, follower.state, follower.state);
  useEffect(() => {
    if (first === undefined) follower.hear(job);
  }, [first, follower, job]);
  return { ...state, loadOlder: follower.loadOlder, retry: follower.retry };
}
