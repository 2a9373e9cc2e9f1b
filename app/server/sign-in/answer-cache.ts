export type AnswerCache<Value> = {
  /** The kept answer for a key, else what `ask` resolves to; it is asked once for all who wait. Rejects as `ask` does. */
  get(key: string, ask: () => Promise<Value>): Promise<Value>;
};

/**
 * Keeps answers: at most `limit`, the oldest go first; each as long as `keepMs` says of it. What failed is not kept.
 */
export function createAnswerCache<Value>(options: {
  keepMs: (value: Value) => number;
  limit: number;
  clock: () => number;
}): AnswerCache<Value> {
  const { keepMs, limit, clock } = options;
  const kept = new Map<string, { answer: Promise<Value>; until: number }>();

  async function fresh(key: string, ask: () => Promise<Value>): Promise<Value> {
    const entry = { answer: ask(), until: Infinity };
    kept.delete(key);
    kept.set(key, entry);
    const [oldest] = kept.keys();
    if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
    try {
      const value = await entry.answer;
      entry.until = clock() + keepMs(value);
      return value;
    } catch (error) {
      if (kept.get(key) === entry) kept.delete(key);
      throw error;
    }
  }

  return {
    get(key, ask) {
      const entry = kept.get(key);
      return entry !== undefined && entry.until > clock() ? entry.answer : fresh(key, ask);
    },
  };
}
