/** Takes a share of so many bytes, waiting in order until it is free; what it resolves with gives the share back. */
export type TakeMemory = (bytes: number) => Promise<() => void>;

/** Shares of `total` bytes. Who asks for more than there is gets all of it, alone. */
export function createMemoryBudget(total: number): TakeMemory {
  let free = total;
  const waiting: { share: number; go: () => void }[] = [];

  function serve(): void {
    for (let [next] = waiting; next !== undefined && next.share <= free; [next] = waiting) {
      waiting.shift();
      free -= next.share;
      next.go();
    }
  }

  return async (bytes) => {
    const share = Math.min(bytes, total);
    await new Promise<void>((go) => {
      waiting.push({ share, go });
      serve();
    });
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      free += share;
      serve();
    };
  };
}
