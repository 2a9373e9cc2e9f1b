import { ApiError, type JobsApi } from "#app/client/jobs-api.ts";

/** For how long a removal can be undone. */
const UNDO_MS = 8_000;

/** A removal that somebody asked for: still to be undone, on its way (or done), or refused. */
export type Removal = { state: "undoable" } | { state: "sent" } | { state: "failed"; error: ApiError };

export type Removals = {
  of(jobId: string): Removal | undefined;
  subscribe(listener: () => void): () => void;
  /** Removes the job when the time to undo it is over, or when the page goes away before. */
  request(jobId: string): void;
  /** The job stays, as long as its removal was not sent; forgets a removal that failed. */
  undo(jobId: string): void;
};

/**
 * Removals that can be undone: the DELETE is sent when `undoMs` are over, or with `keepalive` when the page goes away,
 * because whoever closes the tab has decided. A browser that crashes before has removed nothing.
 */
export function createRemovals(options: { api: Pick<JobsApi, "remove">; undoMs?: number }): Removals {
  const { api, undoMs = UNDO_MS } = options;
  const removals = new Map<string, Removal>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const listeners = new Set<() => void>();

  function set(jobId: string, removal: Removal | undefined): void {
    if (removal === undefined) removals.delete(jobId);
    else removals.set(jobId, removal);
    for (const listener of listeners) listener();
  }

  function stopWaiting(jobId: string): boolean {
    clearTimeout(timers.get(jobId));
    const wasWaiting = timers.delete(jobId);
    if (timers.size === 0 && typeof window !== "undefined") window.removeEventListener("pagehide", sendAll);
    return wasWaiting;
  }

  async function send(jobId: string, keepalive: boolean): Promise<void> {
    if (!stopWaiting(jobId)) return;
    set(jobId, { state: "sent" });
    try {
      await api.remove(jobId, { keepalive });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Somebody else was faster: it is gone, as it should be.
      if (error.status !== 404) set(jobId, { state: "failed", error });
    }
  }

  function sendAll(): void {
    for (const jobId of timers.keys()) void send(jobId, true);
  }

  return {
    of: (jobId) => removals.get(jobId),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    request(jobId) {
      if (timers.has(jobId) || removals.get(jobId)?.state === "sent") return;
      timers.set(
        jobId,
        setTimeout(() => void send(jobId, false), undoMs),
      );
      if (typeof window !== "undefined") window.addEventListener("pagehide", sendAll);
      set(jobId, { state: "undoable" });
    },
    undo(jobId) {
      if (stopWaiting(jobId) || removals.get(jobId)?.state === "failed") set(jobId, undefined);
    },
  };
}
