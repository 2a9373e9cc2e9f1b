import { expect, it } from "vitest";
import { createMemoryBudget } from "./memory-budget.ts";

it("lets shares grow at once as long as there is room", async () => {
  const { share, granted } = arrange(10);
  share("a").grow(4);
  share("b").grow(6);
  expect(await granted()).toEqual(["a 4", "b 6"]);
});

it("counts what a share holds, not each time it grows", async () => {
  const { share, granted } = arrange(10);
  const a = share("a");
  for (const bytes of [2, 5, 10]) a.grow(bytes);
  expect(await granted()).toEqual(["a 2", "a 5", "a 10"]);
});

it("lets two shares grow beyond, the others wait for them in order", async () => {
  const { share, granted } = arrange(10);
  const [a, b, c, d] = [share("a"), share("b"), share("c"), share("d")];
  a.grow(10);
  b.grow(5);
  c.grow(5);
  d.grow(1);
  expect(await granted()).toEqual(["a 10", "b 5", "c 5"]);
  b.grow(50);
  expect(await granted()).toEqual(["a 10", "b 5", "c 5", "b 50"]);
  b.release();
  expect(await granted()).toEqual(["a 10", "b 5", "c 5", "b 50", "d 1"]);
});

it("ends with all served, whoever grows in whatever order", async () => {
  const { share, granted } = arrange(10);
  const shares = ["a", "b", "c"].map((name) => share(name));
  for (const bytes of [3, 6, 9, 12]) for (const each of shares) each.grow(bytes);
  for (let round = 0; round < 3; round++) {
    const done = (await granted()).filter((grant) => grant.endsWith(" 12"));
    for (const grant of done) shares["abc".indexOf(grant[0] ?? "")]?.release();
  }
  expect((await granted()).filter((grant) => grant.endsWith(" 12"))).toHaveLength(3);
});

it("takes a share back once, however often it is released, and one that still waits", async () => {
  const { share, granted } = arrange(10);
  const [a, b, c, d] = [share("a"), share("b"), share("c"), share("d")];
  for (const each of [a, b, c, d]) each.grow(10);
  expect(await granted()).toEqual(["a 10", "b 10", "c 10"]);
  for (const each of [d, d, a, a, b]) each.release();
  const [e, f] = [share("e"), share("f")];
  e.grow(1);
  f.grow(1);
  expect(await granted()).toEqual(["a 10", "b 10", "c 10", "e 1"]);
  c.release();
  expect(await granted()).toEqual(["a 10", "b 10", "c 10", "e 1", "f 1"]);
});

function arrange(total: number) {
  const open = createMemoryBudget(total);
  const grants: string[] = [];
  return {
    share(name: string) {
      const { grow, release } = open();
      let last = Promise.resolve();
      return {
        release,
        grow(bytes: number) {
          last = last.then(() => grow(bytes)).then(() => void grants.push(`${name} ${bytes}`));
        },
      };
    },
    /** The growths granted so far. */
    granted: () => new Promise<string[]>((resolve) => setImmediate(() => resolve([...grants]))),
  };
}
