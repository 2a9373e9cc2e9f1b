import { expect, it } from "vitest";
import { createMemoryBudget } from "./memory-budget.ts";

it("gives shares at once as long as there is room, then in order", async () => {
  const { take, taken } = arrange(10);
  const releases = [take(4), take(6), take(5), take(1)];
  expect(await taken()).toEqual([4, 6]);
  (await releases[0])?.();
  expect(await taken()).toEqual([4, 6]);
  (await releases[1])?.();
  expect(await taken()).toEqual([4, 6, 5, 1]);
});

it("gives everything, alone, to who asks for more than there is", async () => {
  const { take, taken } = arrange(10);
  const first = take(1);
  const large = take(100);
  const last = take(1);
  expect(await taken()).toEqual([1]);
  (await first)();
  expect(await taken()).toEqual([1, 100]);
  (await large)();
  await last;
});

it("takes a share back once, however often it is given", async () => {
  const { take, taken } = arrange(10);
  const release = await take(10);
  release();
  release();
  void take(10);
  void take(10);
  expect(await taken()).toEqual([10, 10]);
});

function arrange(total: number) {
  const budget = createMemoryBudget(total);
  const granted: number[] = [];
  return {
    async take(bytes: number) {
      const release = await budget(bytes);
      granted.push(bytes);
      return release;
    },
    /** The shares given so far. */
    taken: () => new Promise<number[]>((resolve) => setImmediate(() => resolve([...granted]))),
  };
}
