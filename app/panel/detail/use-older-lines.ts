import { useCallback, useRef, useState } from "react";
import { ApiError } from "#app/client/jobs-api.ts";
import type { FollowedJob } from "./use-followed-job.ts";

/** So near to the top asks for older lines. Pixels. */
const NEAR_TOP = 24;

/**
 * Brings older lines: the next ones when the reader scrolls up to the first, or all that are kept. `load` tells whether
 * they came; a failure is shown and can be tried again.
 */
export function useOlderLines({
  loadOlder,
  hasOlder,
}: Pick<FollowedJob, "loadOlder"> & { hasOlder: boolean }) {
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const open = useRef(0);

  const load = useCallback(
    async (wanted: "page" | "all"): Promise<boolean> => {
      if (!hasOlder) return true;
      open.current += 1;
      setState("loading");
      try {
        await loadOlder(wanted);
        setState("idle");
        return true;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        setState("failed");
        return false;
      } finally {
        open.current -= 1;
      }
    },
    [loadOlder, hasOlder],
  );

  return {
    state,
    load,
    whenScrolled({ currentTarget }: { currentTarget: HTMLElement }): void {
      const isNear =
        currentTarget.scrollTop < NEAR_TOP && currentTarget.scrollHeight > currentTarget.clientHeight;
      if (isNear && state === "idle" && open.current === 0) void load("page");
    },
  };
}
