import { useSyncExternalStore } from "react";
import type { JobsApi } from "#app/client/jobs-api.ts";
import { usePanel } from "#app/panel/panel-context.tsx";
import { createRemovals, type Removal, type Removals } from "./removals.ts";

const known = new WeakMap<JobsApi, Removals>();

/** The removals of this page: one for all its rows, whichever of them are shown. */
export function useRemovals(): Removals {
  const { api } = usePanel();
  const removals = known.get(api) ?? createRemovals({ api });
  known.set(api, removals);
  return removals;
}

/** What has become of the wish to remove a job; undefined where there is none. */
export function useRemoval(jobId: string): Removal | undefined {
  const removals = useRemovals();
  return useSyncExternalStore(
    removals.subscribe,
    () => removals.of(jobId),
    () => undefined,
  );
}
