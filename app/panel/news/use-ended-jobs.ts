import { useStore } from "jotai";
import { useState } from "react";
import type { JobSummary } from "#app/contract/job.ts";
import { isFinal } from "#app/contract/job-status.ts";
import { usePanel, useTexts } from "#app/panel/panel-context.tsx";
import { coverAtom, isPanelOpenAtom, openJobAtom, preferencesAtom } from "#app/panel/panel-state.ts";
import { useHidden } from "./use-hidden.ts";
import { useStable } from "#app/panel/use-stable.ts";

/** How many jobs have ended, and how many of them in failure, since the page went to the background. */
export type Tally = { ended: number; failed: number };

const NOTHING: Tally = { ended: 0, failed: 0 };

/**
 * Jobs that end while somebody looks elsewhere: counted, and told by a notification where the reader asked for it.
 * `onMove` takes the states of a job before and after, and stays the same.
 */
export function useEndedJobs(): {
  tally: Tally;
  onMove: (before: JobSummary | undefined, job: JobSummary) => void;
} {
  const { clock } = usePanel();
  const { words } = useTexts();
  const store = useStore();
  const isHidden = useHidden();
  const [tally, setTally] = useState(NOTHING);
  if (!isHidden && tally !== NOTHING) setTally(NOTHING);

  function open(jobId: string): void {
    store.set(openJobAtom, jobId);
    store.set(isPanelOpenAtom, true);
    store.set(coverAtom, undefined);
  }

  const onMove = useStable((before: JobSummary | undefined, job: JobSummary) => {
    if (!hasEnded(before, job, clock.start)) return;
    const isFailure = job.status === "failed";
    if (document.visibilityState === "hidden")
      setTally(({ ended, failed }) => ({ ended: ended + 1, failed: failed + (isFailure ? 1 : 0) }));
    if (typeof Notification !== "function" || Notification.permission !== "granted") return;
    // Where its code cannot be had there is no server either, and the list tells of the end when it is back.
    import("./notify.ts").then(
      ({ notify }) => notify(job, words, store.get(preferencesAtom).notify, () => open(job.jobId)),
      () => {},
    );
  });
  return { tally, onMove };
}

/** Ended now: what nobody knew of before may have ended long before the page was opened. */
function hasEnded(before: JobSummary | undefined, job: JobSummary, opened: number): boolean {
  if (!isFinal(job.status)) return false;
  if (before !== undefined) return !isFinal(before.status);
  return Date.parse(job.finishedAt ?? job.updatedAt) >= opened;
}
