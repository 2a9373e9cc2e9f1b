/** Lets work begin as there is room for it. */
export type Turns = {
  /** Does the work when it is its turn: after the work under the same key that came before, and few enough others. */
  take<T>(key: string, work: () => Promise<T>): Promise<T>;
};

/** One at a time of each key, `atOnce` in all, otherwise in the order of the calls. */
export function createTurns(atOnce: number): Turns {
  const busy = new Set<string>();
  const waiting: { key: string; go: () => void }[] = [];

  function serve(): void {
    while (busy.size < atOnce) {
      const next = waiting.findIndex(({ key }) => !busy.has(key));
      const [turn] = next === -1 ? [] : waiting.splice(next, 1);
      if (turn === undefined) return;
      busy.add(turn.key);
      turn.go();
    }
  }

  return {
    async take(key, work) {
      await new Promise<void>((go) => {
        waiting.push({ key, go });
        serve();
      });
      try {
        return await work();
      } finally {
        busy.delete(key);
        serve();
      }
    },
  };
}
