/** What one body holds of the budget. */
export type MemoryShare = {
  /** Holds so many bytes in all from now on; resolves, in order of the calls, when there is room for them. */
  grow(bytes: number): Promise<void>;
  /** Gives everything back; more than once is once. */
  release(): void;
};

type Waiting = { share: object; more: number; go: () => void };

/**
 * Memory of `total` bytes for bodies that grow as they arrive: who sends slowly holds little. When it is used up, one
 * share may grow beyond it until it is released, so that large bodies can never wait for each other for ever.
 */
export function createMemoryBudget(total: number): () => MemoryShare {
  let held = 0;
  let overdrawn: object | undefined;
  let waiting: Waiting[] = [];

  function serve(): void {
    for (let [next] = waiting; next !== undefined; [next] = waiting) {
      const fits = held + next.more <= total;
      if (!fits && overdrawn !== undefined) return;
      if (!fits) overdrawn = next.share;
      waiting.shift();
      held += next.more;
      next.go();
    }
  }

  return () => {
    const share = {};
    let mine = 0;
    return {
      async grow(bytes) {
        const more = bytes - mine;
        if (more <= 0) return;
        mine = bytes;
        if (overdrawn === share) held += more;
        else {
          await new Promise<void>((go) => {
            waiting.push({ share, more, go });
            serve();
          });
        }
      },
      release() {
        const given = waiting.find((each) => each.share === share);
        waiting = waiting.filter((each) => each !== given);
        held -= mine - (given?.more ?? 0);
        mine = 0;
        if (overdrawn === share) overdrawn = undefined;
        serve();
      },
    };
  };
}
