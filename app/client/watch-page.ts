/** What a stream does about the life of the page it belongs to. Both may be called at any time and any number of times. */
export type Resting = {
  /** Look whether the connection still holds, and connect at once where there is none. */
  wake(): void;
  /** Let go of everything until woken: the page is about to stand still, or nobody looks at it. */
  rest(): void;
};

/**
 * Wakes when the page is visible again, shown again or online again; rests when it is put away or frozen, because a
 * page that stands still would keep connections and locks from the others. `restsWhileHidden` also rests while
 * another tab is in front. Does nothing where there is no document. Returns how to stop watching.
 */
export function watchPage(stream: Resting, { restsWhileHidden = false } = {}): () => void {
  if (typeof document === "undefined") return () => {};
  const watched = new AbortController();
  let isAway = false;

  function listen(target: EventTarget, name: string, takesAway?: boolean): void {
    const look = (): void => {
      isAway = takesAway ?? isAway;
      if (mayRun()) stream.wake();
      else stream.rest();
    };
    target.addEventListener(name, look, { signal: watched.signal });
  }
  function mayRun(): boolean {
    return !isAway && !(restsWhileHidden && document.visibilityState === "hidden");
  }

  listen(document, "visibilitychange");
  listen(window, "online");
  listen(window, "pagehide", true);
  listen(window, "pageshow", false);
  listen(document, "freeze", true);
  listen(document, "resume", false);
  if (!mayRun()) stream.rest();
  return () => watched.abort();
}
