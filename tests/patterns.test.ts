import { checkSync } from "recheck";
import { expect, it } from "vitest";
import { patternsOf, sourceFiles } from "./architecture/read-source.ts";

it("no regular expression of ours takes more than polynomially small time, whatever the text", () => {
  const slow = sourceFiles("app", "cli").flatMap((file) =>
    patternsOf(file)
      .filter((pattern) => isSlow(pattern))
      .map(({ pattern, flags }) => `${file}: /${pattern}/${flags}`),
  );
  expect(slow).toEqual([]);
});

it("a slow one would be found", () => {
  expect(patternsOf("app/x.ts", "const x = /^(a+)+$/u;").map(isSlow)).toEqual([true]);
  expect(patternsOf("app/x.ts", "const x = /^a+$/u;").map(isSlow)).toEqual([false]);
});

function isSlow({ pattern, flags }: { pattern: string; flags: string }): boolean {
  return checkSync(pattern, flags, { timeout: 10_000 }).status === "vulnerable";
}
