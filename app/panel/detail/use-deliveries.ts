import { useEffect, useState } from "react";
import type { Delivery } from "#app/contract/job-event.ts";
import { usePanel } from "#app/panel/panel-context.tsx";

/** The last deliveries of a job, the newest first; loaded again when the job has changed. */
export function useDeliveries(jobId: string, revision: number) {
  const { api } = usePanel();
  const [deliveries, setDeliveries] = useState<readonly Delivery[]>();
  const [hasFailed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isOver = false;
    // A job that changes many times a second is not asked for each time.
    const timer = setTimeout(
      () =>
        api.deliveries(jobId).then(
          (loaded) => {
            if (isOver) return;
            setDeliveries(loaded);
            setFailed(false);
          },
          () => {
            if (!isOver) setFailed(true);
          },
        ),
      attempt === 0 && deliveries === undefined ? 0 : TOGETHER_MS,
    );
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
    // oxlint-disable-next-line react/exhaustive-deps -- what was loaded is no reason to load
  }, [api, jobId, revision, attempt]);
  return { deliveries, hasFailed, retry: () => setAttempt((known) => known + 1) };
}

const TOGETHER_MS = 500;
