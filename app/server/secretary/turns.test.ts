import { expect, it } from "vitest";
import { createTurns } from "./turns.ts";

it("works at so many keys at once, and never twice at one", async () => {
  const turns = createTurns(2);
  const { begun, take } = recorded(turns);
  const [a1, a2, b, c] = [take("a"), take("a"), take("b"), take("c")];
  await settle();
  expect(begun).toEqual(["a", "b"]);
  b.end();
  await settle();
  expect(begun).toEqual(["a", "b", "c"]);
  a1.end();
  await settle();
  expect(begun).toEqual(["a", "b", "c", "a"]);
  for (const work of [a2, c]) work.end();
  await Promise.all([a1, a2, b, c].map(({ done }) => done));
});

it("goes on after work that failed, and hands its failure on", async () => {
  const turns = createTurns(1);
  const failing = turns.take("a", () => Promise.reject(new Error("broken")));
  const next = turns.take("a", () => Promise.resolve("next"));
  await expect(failing).rejects.toThrow("broken");
  expect(await next).toBe("next");
});

/** Work that says when it begins and ends when it is told to. */
function recorded(turns: ReturnType<typeof createTurns>) {
  const begun: string[] = [];
  return {
    begun,
    take(key: string) {
      const { promise, resolve: end } = Promise.withResolvers<void>();
      const done = turns.take(key, () => {
        begun.push(key);
        return promise;
      });
      return { end, done };
    },
  };
}

/** What is due without any waiting has happened after this. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
