import { useLayoutEffect, useMemo, useRef, useState } from "react";
import type { JobSummary } from "#app/contract/job.ts";
import { type HeldOrder, holdOrder } from "./hold-order.ts";
import { orderJobs } from "./order-jobs.ts";

/**
 * The jobs in the order they are shown in. While `isHeld`, rows stay where they are, and what would come above them
 * waits until `release`.
 */
export function useArrangement(options: {
  jobs: readonly JobSummary[];
  find: (jobId: string) => JobSummary | undefined;
  isHeld: boolean;
}): HeldOrder & { release: () => void } {
  const { jobs, find, isHeld } = options;
  const shown = useRef<string[]>(undefined);
  const [releases, setReleases] = useState(0);

  const arranged = useMemo(() => {
    const ordered = orderJobs(jobs);
    return isHeld && shown.current !== undefined
      ? holdOrder(ordered, shown.current, find)
      : { jobs: ordered, waiting: 0 };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a release has put another order into `shown`
  }, [jobs, find, isHeld, releases]);

  useLayoutEffect(() => {
    shown.current = arranged.jobs.map(({ jobId }) => jobId);
  }, [arranged]);

  return {
    ...arranged,
    release() {
      shown.current = undefined;
      setReleases((times) => times + 1);
    },
  };
}
