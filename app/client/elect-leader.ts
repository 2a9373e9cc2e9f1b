export type Election = {
  /** Takes the lead from a leader that does not answer. Nothing happens where this tab leads already. */
  takeOver(): void;
  /** Gives up the lead, or the candidacy; neither callback is called after that. */
  leave(): void;
};

/**
 * One leader per group among all tabs of a browser, by a Web Lock: the next candidate is elected the moment the leader
 * leaves, is closed or crashes. A deposed one is a candidate again. Where the browser refuses locks, every tab is
 * elected.
 */
export function electLeader(
  group: string,
  { onElected, onDeposed }: { onElected: () => void; onDeposed: () => void },
): Election {
  const held = Promise.withResolvers<void>();
  let waiting = new AbortController();
  let isLeading = false;
  let hasLeft = false;

  function stand(options: LockOptions): void {
    const { signal } = waiting;
    navigator.locks.request(group, options, lead).catch(() => {
      if (hasLeft || signal.aborted) return;
      if (!isLeading) return void lead();
      isLeading = false;
      onDeposed();
      if (!hasLeft) standInLine();
    });
  }

  function standInLine(): void {
    waiting = new AbortController();
    stand({ signal: waiting.signal });
  }

  function lead(): Promise<void> | undefined {
    if (hasLeft) return undefined;
    isLeading = true;
    onElected();
    return held.promise;
  }

  standInLine();
  return {
    takeOver() {
      if (isLeading || hasLeft) return;
      waiting.abort();
      waiting = new AbortController();
      stand({ steal: true });
    },
    leave() {
      hasLeft = true;
      waiting.abort();
      held.resolve();
    },
  };
}
