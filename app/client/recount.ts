import type { JobPage } from "#app/contract/http.ts";
import type { ListedJobs } from "./listed-jobs.ts";

/** So that what comes together is asked about once. */
const TOGETHER_MS = 200;
/** However much moves, the server is not asked more often. */
const APART_MS = 2_000;

/**
 * Asks for the numbers of a list where the stream cannot tell them: a job that moves was never loaded, so nobody told
 * what it was before. Asked only when something has moved, and an answer that fails is asked for again with the next move.
 */
export function createRecount(options: {
  list: Pick<ListedJobs, "areCountsSure" | "askCounts" | "recount">;
  /** Undefined where the answer is about what is not shown any more. */
  ask: () => Promise<JobPage | undefined>;
  onCounted: () => void;
}): { look(): void; stop(): void } {
  const { list, ask, onCounted } = options;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restUntil = 0;
  let isStopped = false;

  async function count(): Promise<void> {
    list.askCounts();
    const page = await ask().catch(() => undefined);
    restUntil = Date.now() + APART_MS;
    timer = undefined;
    if (page === undefined || isStopped) return;
    list.recount(page);
    onCounted();
  }

  return {
    look() {
      if (timer !== undefined || isStopped || list.areCountsSure()) return;
      timer = setTimeout(() => void count(), Math.max(TOGETHER_MS, restUntil - Date.now()));
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
