import { useLayoutEffect, useMemo, useRef, useState } from "react";
import type { JobSummary } from "#app/contract/job.ts";
import { type HeldOrder, holdOrder } from "./hold-order.ts";
import { orderJobs } from "./order-jobs.ts";

/**
 * The jobs in the order they are shown in. While `isHeld`, rows stay where they are, and what would come above them
 * waits until `release`. Another `listKey` is another list, with nothing to hold.
 */
export function useArrangement(options: {
  jobs: readonly JobSummary[];
  find: (jobId: string) => JobSummary | undefined;
  isHeld: boolean;
  listKey: string;
}): HeldOrder & { release: () => void } {
  const { jobs, find, isHeld, listKey } = options;
  const shown = useRef<{ listKey: string; ids: string[] }>(undefined);
  const [releases, setReleases] = useState(0);

  const arranged = useMemo(() => {
    const ordered = orderJobs(jobs);
    const isSameList = shown.current?.listKey === listKey;
    return isHeld && isSameList && shown.current !== undefined
      ? holdOrder(ordered, shown.current.ids, find)
      : { jobs: ordered, waiting: 0 };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a release has put another order into `shown`
  }, [jobs, find, isHeld, listKey, releases]);

  useLayoutEffect(() => {
    shown.current = { listKey, ids: arranged.jobs.map(({ jobId }) => jobId) };
  }, [arranged, listKey]);

  return {
    ...arranged,
    release() {
      shown.current = undefined;
      setReleases((times) => times + 1);
    },
  };
}
