/** Work on one job, one after the other in the order of the calls; that of different jobs goes on side by side. */
export type Turns = {
  take<T>(jobId: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when everything that was asked for is done. */
  idle(): Promise<void>;
};

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();

  return {
    take(jobId, work) {
      const before = last.get(jobId);
      const mine = before === undefined ? work() : before.then(work, work);
      last.set(jobId, mine);
      const end = (): void => {
        if (last.get(jobId) === mine) last.delete(jobId);
      };
      mine.then(end, end);
      return mine;
    },
    async idle() {
      while (last.size > 0) await Promise.allSettled(last.values());
    },
  };
}
