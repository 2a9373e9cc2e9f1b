/** Takes a slot, waiting for one in order; what it resolves with gives the slot back, once however often called. */
export type TakeSlot = () => Promise<() => void>;

/** At most `count` slots are taken at once. */
export function createSlots(count: number): TakeSlot {
  let free = count;
  const waiting: (() => void)[] = [];
  return async () => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    };
  };
}
