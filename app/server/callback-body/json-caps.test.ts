import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findExcess } from "./json-caps.ts";

describe("the caps of a JSON body", () => {
  it("lets 64 levels pass and no more", () => {
    expect(excess("[".repeat(64) + "]".repeat(64))).toBeUndefined();
    expect(excess("[".repeat(65) + "]".repeat(65))).toMatch(/deeper than 64/);
    expect(excess('{"a":'.repeat(65))).toMatch(/deeper than 64/);
  });

  it("counts the levels that are open, not the ones there ever were", () => {
    expect(excess(`[${"[],{},".repeat(1_000)}0]`)).toBeUndefined();
  });

  it("lets 1,000,000 keys and items pass, and not many more", () => {
    expect(excess(`[${"1,".repeat(999_998)}1]`)).toBeUndefined();
    expect(excess(`[${"1,".repeat(1_000_001)}1]`)).toMatch(/more than 1,000,000/);
    expect(excess(`[${"[],".repeat(500_001)}1]`)).toMatch(/more than 1,000,000/);
  });

  it("lets 20,000 keys of one object pass and no more", () => {
    const keys = (count: number) =>
      `[{${Array.from({ length: count }, (_, n) => `"k${n}":[1,2]`).join(",")}},{}]`;
    expect(excess(keys(20_000))).toBeUndefined();
    expect(excess(keys(20_001))).toMatch(/more than 20,000 keys in one object/);
  });

  it("looks into no string, however it ends", () => {
    for (const text of ["[[[", '\\"[[[', "\\\\", "\\\\\\", '"', "ü[{,:"]) {
      expect(excess(JSON.stringify({ a: text.repeat(100), b: [text] }))).toBeUndefined();
    }
    expect(excess(`"${"[".repeat(100)}`)).toBeUndefined();
  });

  it("never objects to a value of few items and levels, whatever its texts say", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 10 }), (value) => excess(JSON.stringify(value)) === undefined),
    );
  });
});

function excess(json: string): string | undefined {
  return findExcess(new TextEncoder().encode(json));
}
