/** What one body holds of the budget. */
export type MemoryShare = {
  /** Holds so many bytes in all from now on; resolves, in order of the calls, when there is room for them. */
  grow(bytes: number): Promise<void>;
  /** Gives everything back; more than once is once. */
  release(): void;
};

type Waiting = { share: object; more: number; go: () => void };

/** How many shares may grow beyond the budget at once: bodies can never all wait for each other, nor all for a slow one. */
const BEYOND_AT_ONCE = 2;

/**
 * Memory of `total` bytes for bodies that grow as they arrive: who sends slowly holds little. When it is used up, two
 * shares may grow beyond it until they are released, the others wait.
 */
export function createMemoryBudget(total: number): () => MemoryShare {
  let held = 0;
  const beyond = new Set<object>();
  let waiting: Waiting[] = [];

  function serve(): void {
    for (let [next] = waiting; next !== undefined; [next] = waiting) {
      const fits = held + next.more <= total;
      if (!fits && beyond.size === BEYOND_AT_ONCE) return;
      if (!fits) beyond.add(next.share);
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
        if (beyond.has(share)) held += more;
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
        beyond.delete(share);
        serve();
      },
    };
  };
}
